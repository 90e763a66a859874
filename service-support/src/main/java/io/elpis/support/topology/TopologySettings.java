package io.elpis.support.topology;

import java.time.Duration;

/**
 * @param poll how often the directory is asked
 * @param silence after which a node becomes last choice
 * @param lost silence after which a stream is given up and the node leaves the map
 * @param firstPause before the first attempt to reconnect; doubles up to {@code longestPause}
 */
public record TopologySettings(
        Duration poll, Duration silence, Duration lost, Duration firstPause, Duration longestPause) {
    public static final TopologySettings DEFAULT = new TopologySettings(
            Duration.ofSeconds(1),
            Duration.ofMillis(800),
            Duration.ofSeconds(10),
            Duration.ofMillis(50),
            Duration.ofSeconds(1));
}
