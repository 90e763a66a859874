package io.elpis.index.audit;

import io.elpis.index.audit.ShardFinding.CopyVerdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What audits count. */
final class AuditMetrics {
    private final Counter shards;
    private final Counter incomplete;
    private final Counter differing;
    private final Counter damaged;
    private final Counter rebuilt;

    AuditMetrics(MeterRegistry registry) {
        this.shards = registry.counter("elpis.audit.shards");
        this.incomplete = registry.counter("elpis.audit.shards.incomplete");
        this.differing = registry.counter("elpis.audit.copies.differing");
        this.damaged = registry.counter("elpis.audit.copies.damaged");
        this.rebuilt = registry.counter("elpis.audit.copies.rebuilt");
    }

    void audited(ShardFinding finding) {
        shards.increment();
        switch (finding.verdict()) {
            case EQUAL -> {}
            case INCOMPLETE -> incomplete.increment();
            case DIFFERING -> {
                differing.increment(finding.copies(CopyVerdict.DIFFERS).size());
                damaged.increment(finding.copies(CopyVerdict.DAMAGED).size());
            }
        }
    }

    void rebuilt() {
        rebuilt.increment();
    }
}
