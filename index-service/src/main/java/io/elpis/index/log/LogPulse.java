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

    LogPulse(Duration stall, LongSupplier nanoTime) {
        stallNanos = stall.toNanos();
        this.nanoTime = nanoTime;
        lastGood = nanoTime.getAsLong();
    }

    synchronized boolean beats() {
        long now = nanoTime.getAsLong();
        boolean quietForLong = now - lastGood > stallNanos;
        if (!quietForLong || (underWay == 0 && !failing)) {
            return true;
        }
        if (underWay == 0) {
            // One probe a period.
            lastGood = now;
            return true;
        }
        return false;
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

    synchronized long underWay() {
        return underWay;
    }
}
