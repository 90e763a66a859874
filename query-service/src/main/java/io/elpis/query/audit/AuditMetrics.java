package io.elpis.query.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What audits count on this node. */
final class AuditMetrics {
    private final Counter checks;
    private final Counter bytes;
    private final Counter damaged;
    private final Counter ordered;

    AuditMetrics(MeterRegistry registry) {
        this.checks = registry.counter("elpis.query.audit.checks");
        this.bytes = registry.counter("elpis.query.audit.bytes");
        this.damaged = registry.counter("elpis.query.audit.damaged");
        this.ordered = registry.counter("elpis.query.audit.rebuilds.ordered");
    }

    void checked(Finding finding) {
        switch (finding) {
            case Finding.Sound sound -> {
                checks.increment();
                bytes.increment(sound.bytes());
            }
            case Finding.Damaged _ -> {
                checks.increment();
                damaged.increment();
            }
            case Finding.Nothing _ -> {}
        }
    }

    /** Somebody else found that the copy differs. */
    void rebuildOrdered() {
        ordered.increment();
    }
}
