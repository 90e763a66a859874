package io.elpis.aggregator.plan;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.protocol.node.NodeLoad;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * One node's speed as this aggregator meets it. Averages fade while nothing is heard, so that a node that was slow wins
 * traffic back.
 */
@ThreadSafe
public final class NodeGauge {
    private static final double WEIGHT = 0.2;
    private static final double FADE_NANOS = 3e9;

    private final LongSupplier nanoTime;
    private final AtomicInteger outstanding = new AtomicInteger();

    @GuardedBy("this")
    private double response;

    @GuardedBy("this")
    private double queued;

    @GuardedBy("this")
    private long heardAt;

    NodeGauge(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public void sent() {
        outstanding.incrementAndGet();
    }

    /** A call ended without an answer that says anything of the node's speed. */
    public void ended() {
        outstanding.decrementAndGet();
    }

    public void answered(long nanos, NodeLoad load) {
        outstanding.decrementAndGet();
        synchronized (this) {
            average(nanos / 1e3);
            queued += WEIGHT * (load.getQueuedSearches() - queued);
        }
    }

    /** A call was given up after so long: the node is at least that slow. */
    public void outpaced(long nanos) {
        outstanding.decrementAndGet();
        synchronized (this) {
            if (nanos / 1e3 > response) {
                average(nanos / 1e3);
            }
        }
    }

    @GuardedBy("this")
    private void average(double micros) {
        response = response == 0 ? micros : response + WEIGHT * (micros - response);
        heardAt = nanoTime.getAsLong();
    }

    /** @param load as the node last told */
    NodeReading reading(NodeLoad load) {
        synchronized (this) {
            double fading = response == 0 ? 0 : Math.exp(-(nanoTime.getAsLong() - heardAt) / FADE_NANOS);
            return new NodeReading(
                    response * fading,
                    load.getSearchMicros() * Math.max(fading, 0.1),
                    queued * fading,
                    outstanding.get());
        }
    }

    int outstanding() {
        return outstanding.get();
    }
}
