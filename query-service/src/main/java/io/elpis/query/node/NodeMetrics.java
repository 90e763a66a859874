package io.elpis.query.node;

import io.elpis.model.error.ElpisException;
import io.elpis.query.placement.NodeCopies;
import io.elpis.query.replica.CopyPhase;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.search.SearchPool;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node counts of itself. Gauges are read when someone looks. */
final class NodeMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(NodeMetrics.class);

    private final Timer searches;
    private final Counter refused;
    private final Counter failed;
    private final Counter abandoned;

    NodeMetrics(MeterRegistry registry, NodeCopies copies, SearchPool pool) {
        this.searches = Timer.builder("elpis.query.searches").register(registry);
        this.refused = registry.counter("elpis.query.refusals");
        this.failed = registry.counter("elpis.query.failures");
        this.abandoned = registry.counter("elpis.query.abandoned");
        registry.gauge("elpis.query.searches.queued", pool, SearchPool::waiting);
        for (CopyPhase phase : CopyPhase.values()) {
            Gauge.builder("elpis.query.copies", copies, held -> count(held, phase))
                    .tag("phase", phase.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        registry.gauge("elpis.query.lag", copies, NodeMetrics::lag);
        registry.gauge("elpis.query.documents", copies, NodeMetrics::documents);
    }

    private static double count(NodeCopies copies, CopyPhase phase) {
        return copies.all().stream()
                .filter(copy -> copy.status().phase() == phase)
                .count();
    }

    private static double lag(NodeCopies copies) {
        return copies.all().stream()
                .map(HostedCopy::status)
                .mapToLong(status -> Math.max(0, status.logEnd() - status.nextOffset()))
                .sum();
    }

    private static double documents(NodeCopies copies) {
        return copies.all().stream()
                .mapToLong(copy -> copy.status().documents())
                .sum();
    }

    void searched(long nanos) {
        searches.record(nanos, TimeUnit.NANOSECONDS);
    }

    void abandoned() {
        abandoned.increment();
    }

    void failed(Exception failure) {
        switch (failure) {
            case ElpisException known
            when known.code().httpStatus() < 500 || known.code().httpStatus() == 503 -> refused.increment();
            case StatusRuntimeException _ -> refused.increment();
            case Exception other -> {
                failed.increment();
                LOG.atError().setCause(other).log("request failed");
            }
        }
    }
}
