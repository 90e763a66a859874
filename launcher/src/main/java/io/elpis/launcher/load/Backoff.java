package io.elpis.launcher.load;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long each time, at random within the upper half, never less than the
 * server asks for, so that refused clients do not come back all at once.
 */
record Backoff(Duration first, Duration longest, RandomGenerator random) {

    /** The longest that a server's {@code Retry-After} is obeyed. */
    private static final long MOST_SECONDS = 30;

    /** @param attempt counts from 0 */
    Duration pause(int attempt, OptionalLong retryAfterSeconds) {
        long ceiling = Math.min(longest.toNanos(), first.toNanos() << Math.min(attempt, 20));
        long drawn = ceiling / 2 + random.nextLong(ceiling / 2 + 1);
        long asked = Duration.ofSeconds(Math.min(MOST_SECONDS, retryAfterSeconds.orElse(0)))
                .toNanos();
        return Duration.ofNanos(Math.max(drawn, asked + (asked == 0 ? 0 : drawn)));
    }
}
