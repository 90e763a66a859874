package io.elpis.aggregator.scatter;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.concurrent.atomic.AtomicLong;

/** Extra work allowed: a share of the ordinary work, saved up to a burst. Bounds retries and hedges alike. */
@ThreadSafe
public final class Budget {
    private static final long WHOLE = 1_000_000;

    private final long share;
    private final long burst;
    private final AtomicLong saved;

    /**
     * @param share extra calls an ordinary one earns, 0 to 1
     * @param burst most extra calls that can be saved up; where the budget starts
     */
    public Budget(double share, int burst) {
        this.share = Math.round(share * WHOLE);
        this.burst = burst * WHOLE;
        this.saved = new AtomicLong(this.burst);
    }

    /** One ordinary call is made. */
    public void earn() {
        if (saved.get() < burst) {
            saved.accumulateAndGet(share, (had, more) -> Math.min(burst, had + more));
        }
    }

    /** Takes one extra call, if there is one left. */
    public boolean spend() {
        long had = saved.get();
        while (had >= WHOLE) {
            if (saved.compareAndSet(had, had - WHOLE)) {
                return true;
            }
            had = saved.get();
        }
        return false;
    }
}
