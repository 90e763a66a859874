package io.elpis.query.replica;

import java.time.Duration;

/**
 * How a node treats each of its copies.
 *
 * @param inboxBytes entries read ahead of the applying thread
 * @param servingLag records a copy may be behind the log's end when it begins to serve
 * @param commitBytes log applied after which a copy commits
 * @param idleAfter without a search for so long a copy is not refreshed until the next
 * @param retry pause before the log is asked again that did not answer
 * @param reopen pause before a copy that failed is opened again; doubles from failure to failure
 * @param longestReopen to which that pause grows
 */
public record HostingSettings(
        long inboxBytes,
        long servingLag,
        Duration commitInterval,
        long commitBytes,
        Duration idleAfter,
        Duration retry,
        Duration reopen,
        Duration longestReopen) {
    public static final HostingSettings DEFAULT = new HostingSettings(
            4 << 20,
            1_000,
            Duration.ofSeconds(30),
            64 << 20,
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1));
}
