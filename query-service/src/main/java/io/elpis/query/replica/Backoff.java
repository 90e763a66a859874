package io.elpis.query.replica;

import java.time.Duration;

/**
 * How long to wait before the next attempt: doubled from failure to failure, from the start again when the last one was
 * long ago. Times are monotonic nanoseconds. For one thread at a time.
 */
final class Backoff {
    private final long first;
    private final long longest;
    private long pause;
    private long lastFailure;

    Backoff(Duration first, Duration longest) {
        this.first = first.toNanos();
        this.longest = longest.toNanos();
    }

    /** @return nanoseconds */
    long afterFailure(long now) {
        boolean again = pause > 0 && now - lastFailure < pause + longest;
        pause = again ? Math.min(2 * pause, longest) : first;
        lastFailure = now;
        return pause;
    }
}
