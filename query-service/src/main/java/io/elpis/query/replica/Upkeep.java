package io.elpis.query.replica;

import java.time.Duration;

/**
 * Decides when a copy is refreshed and when it commits, and does neither. Times are monotonic nanoseconds. Thread-safe:
 * searches and the timer ask at the same time, and either may be a moment behind the other.
 */
final class Upkeep {
    /**
     * How far a copy is.
     *
     * @param bytes of log applied since the last commit
     */
    record Progress(long applied, long visible, long committed, long bytes) {}

    private final Duration commitInterval;
    private final long commitBytes;
    private final Duration idleAfter;

    private volatile Duration refreshInterval = Duration.ofSeconds(1);
    private volatile boolean searched;
    private volatile long lastSearch;
    private volatile long lastRefresh;
    private volatile long lastCommit;

    Upkeep(HostingSettings settings, long now) {
        this.commitInterval = settings.commitInterval();
        this.commitBytes = settings.commitBytes();
        this.idleAfter = settings.idleAfter();
        this.lastSearch = now;
        this.lastRefresh = now;
        this.lastCommit = now;
    }

    /** Negative: never. */
    void refreshEvery(Duration interval) {
        refreshInterval = interval;
    }

    /**
     * Where nobody looks, refreshing would only make small segments: the next search refreshes first.
     *
     * @param awaited somebody waits for the next refresh
     */
    boolean refreshDue(Progress progress, boolean awaited, long now) {
        return (awaited || !isIdle(now)) && isStale(progress, now);
    }

    /** Notes that a search begins. @return whether it has to refresh first, because nobody did while none came */
    boolean searchRefreshes(Progress progress, long now) {
        boolean idle = isIdle(now);
        lastSearch = now;
        searched = true;
        return idle && isStale(progress, now);
    }

    private boolean isStale(Progress progress, long now) {
        return !refreshInterval.isNegative()
                && now - lastRefresh >= refreshInterval.toNanos()
                && progress.applied() > progress.visible();
    }

    private boolean isIdle(long now) {
        return !searched || now - lastSearch >= idleAfter.toNanos();
    }

    boolean commitDue(Progress progress, long now) {
        return progress.bytes() >= commitBytes
                || now - lastCommit >= commitInterval.toNanos() && progress.applied() > progress.committed();
    }

    void refreshed(long now) {
        lastRefresh = now;
    }

    void committed(long now) {
        lastCommit = now;
    }
}
