package io.elpis.index.log;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells from the appends under way whether the log takes any: with some waiting and none confirmed for a while it does
 * not. After a failure one append a period is let through to find out whether that is over.
 */
@ThreadSafe
final class LogPulse {
    private final long stallNanos;
    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private long underWay;

    @GuardedBy("this")
    private long lastGood;

    @GuardedBy("this")
    private boolean failing;

    /** When the last probe was let through. */
    @GuardedBy("this")
    private long probeAt;

    LogPulse(Duration stall, LongSupplier nanoTime) {
        stallNanos = stall.toNanos();
        this.nanoTime = nanoTime;
        lastGood = nanoTime.getAsLong();
        probeAt = lastGood - stallNanos - 1;
    }

    /** Whether to append. One caller a period gets true for a log that failed: its appends are the probe. */
    synchronized boolean beats() {
        long now = nanoTime.getAsLong();
        if (now - lastGood <= stallNanos || (underWay == 0 && !failing)) {
            return true;
        }
        if (underWay > 0 || now - probeAt <= stallNanos) {
            return false;
        }
        probeAt = now;
        return true;
    }

    synchronized void started() {
        if (underWay++ == 0 && !failing) {
            lastGood = nanoTime.getAsLong();
        }
    }

    synchronized void confirmed() {
        underWay--;
        failing = false;
        lastGood = nanoTime.getAsLong();
    }

    synchronized void failed() {
        underWay--;
        failing = true;
    }

    /** An append that says nothing about the log: it was not fit for it. */
    synchronized void withdrawn() {
        underWay--;
    }

    synchronized long underWay() {
        return underWay;
    }
}
