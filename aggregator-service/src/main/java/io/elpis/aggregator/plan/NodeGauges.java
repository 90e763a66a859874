package io.elpis.aggregator.plan;

import io.elpis.support.topology.LiveNode;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The gauges of all nodes ever called. */
public final class NodeGauges {
    private final ConcurrentHashMap<String, NodeGauge> gauges = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime monotonic */
    public NodeGauges(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public NodeGauge of(LiveNode node) {
        NodeGauge known = gauges.get(node.name());
        return known != null ? known : gauges.computeIfAbsent(node.name(), _ -> new NodeGauge(nanoTime));
    }

    NodeReading reading(LiveNode node) {
        NodeGauge gauge = gauges.get(node.name());
        return gauge == null ? NodeReading.UNKNOWN : gauge.reading(node.load());
    }
}
