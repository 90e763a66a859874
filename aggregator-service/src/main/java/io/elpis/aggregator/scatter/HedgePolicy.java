package io.elpis.aggregator.scatter;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Arrays;

/**
 * How long an answer may be awaited before another copy is asked as well: the 95th percentile of recent answers, but
 * never less than a floor below which a second call costs more than it saves. Dean and Barroso, "The Tail at Scale",
 * CACM 2013.
 */
@ThreadSafe
public final class HedgePolicy {
    private static final int WINDOW = 512;
    private static final int RECKONED_EVERY = 64;
    private static final double QUANTILE = 0.95;

    private final long floor;
    private final long ceiling;

    @GuardedBy("this")
    private final long[] recent = new long[WINDOW];

    @GuardedBy("this")
    private int seen;

    private volatile long delay;

    /** @param untilKnown the delay before enough answers have been seen, and the longest there is */
    public HedgePolicy(Duration floor, Duration untilKnown) {
        this.floor = floor.toNanos();
        this.ceiling = untilKnown.toNanos();
        this.delay = ceiling;
    }

    public void observe(long nanos) {
        synchronized (this) {
            recent[seen % WINDOW] = nanos;
            seen++;
            if (seen % RECKONED_EVERY == 0) {
                delay = reckoned();
            }
        }
    }

    @GuardedBy("this")
    private long reckoned() {
        long[] sorted = Arrays.copyOf(recent, Math.min(seen, WINDOW));
        Arrays.sort(sorted);
        long quantile = sorted[(int) Math.ceil(sorted.length * QUANTILE) - 1];
        return Math.clamp(quantile, floor, Math.max(floor, ceiling));
    }

    /** Nanoseconds. */
    public long delay() {
        return delay;
    }

    /** Nanoseconds, the most that {@link #delay} may be. */
    public long longest() {
        return Math.max(floor, ceiling);
    }
}
