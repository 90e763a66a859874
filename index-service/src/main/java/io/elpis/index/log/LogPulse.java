package io.elpis.index.log;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells from the appends under way whether the log takes any: with some waiting and none confirmed for a while it does
 * not, nor after one has failed until another is confirmed.
 */
@ThreadSafe
final class LogPulse {
    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);

    private final long stallNanos;
    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private long underWay;

    @GuardedBy("this")
    private long lastGood;

    @GuardedBy("this")
    private boolean failing;

    @GuardedBy("this")
    private long probedAt;

    LogPulse(Duration stall, LongSupplier nanoTime) {
        stallNanos = stall.toNanos();
        this.nanoTime = nanoTime;
        lastGood = nanoTime.getAsLong();
        probedAt = lastGood - BETWEEN_PROBES.toNanos();
    }

    /** Whether to append. */
    synchronized boolean beats() {
        return (underWay == 0 && !failing) || nanoTime.getAsLong() - lastGood <= stallNanos;
    }

    /** Whether it is time to find out if a log that does not beat takes appends again; true once a period. */
    synchronized boolean probeIsDue() {
        long now = nanoTime.getAsLong();
        if (beats() || now - probedAt < BETWEEN_PROBES.toNanos()) {
            return false;
        }
        probedAt = now;
        return true;
    }

    /** The log has shown, by other means than an append that was counted, that it takes appends. */
    synchronized void answered() {
        failing = false;
        lastGood = nanoTime.getAsLong();
    }

    synchronized void started() {
        if (underWay++ == 0 && !failing) {
            lastGood = nanoTime.getAsLong();
        }
    }

    synchronized void confirmed() {
        underWay--;
        answered();
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
