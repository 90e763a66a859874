package io.elpis.index.audit;

import io.elpis.index.audit.ShardFinding.Verdict;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.CatalogView;
import io.elpis.model.schema.ShardId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the allocator's instance does over and over: audit everything when it is time, and make copies agree again that an
 * audit, here or on another instance, found to differ. One instance does it, so that no two order copies of the same shard to
 * be built again. For one thread.
 */
final class AuditRound {
    /** A cure is tried again at another mark, or after so long. */
    private static final Duration AGAIN = Duration.ofMinutes(2);

    private final CatalogView catalog;
    private final Audits audits;
    private final ShardAudit shards;
    private final Findings findings;
    private final Cure cure;
    private final AuditProperties properties;

    /**
     * @param at offset of the mark
     * @param time monotonic nanoseconds
     */
    private record Try(long at, long time) {}

    private final Map<ShardId, Try> tried = new HashMap<>();

    private long lastAudit;

    AuditRound(
            CatalogView catalog,
            Audits audits,
            ShardAudit shards,
            Findings findings,
            Cure cure,
            AuditProperties properties,
            long now) {
        this.catalog = catalog;
        this.audits = audits;
        this.shards = shards;
        this.findings = findings;
        this.cure = cure;
        this.properties = properties;
        this.lastAudit = now;
    }

    /** @param now monotonic nanoseconds */
    void step(long now) throws InterruptedException {
        Duration interval = properties.interval();
        if (!interval.isZero() && now - lastAudit >= interval.toNanos()) {
            lastAudit = now;
            audit(now);
        }
        cureAll(now);
    }

    private void audit(long now) throws InterruptedException {
        Collection<CatalogIndex> indices = catalog.indices();
        List<AuditedShard> present = AuditedShard.of(indices);
        shards.retain(present);
        tried.keySet().retainAll(present.stream().map(AuditedShard::id).collect(Collectors.toSet()));
        Map<ShardId, ShardFinding> found = audits.run(indices, false, false, properties.patience());
        for (AuditedShard shard : present) {
            ShardFinding finding = found.get(shard.id());
            if (finding != null && finding.verdict() == Verdict.DIFFERING) {
                cure(shard, finding.mark(), now);
            }
        }
        findings.retain(indices.stream().map(CatalogIndex::uuid).toList());
    }

    private void cureAll(long now) throws InterruptedException {
        Map<ShardId, Findings.Kept> differing = findings.differing();
        if (differing.isEmpty()) {
            return;
        }
        for (AuditedShard shard : AuditedShard.of(catalog.indices())) {
            Findings.Kept kept = differing.get(shard.id());
            if (kept != null) {
                cure(shard, kept.mark(), now);
            }
        }
    }

    private void cure(AuditedShard shard, Mark mark, long now) throws InterruptedException {
        Try before = tried.get(shard.id());
        if (before == null || before.at != mark.offset() || now - before.time >= AGAIN.toNanos()) {
            tried.put(shard.id(), new Try(mark.offset(), now));
            audits.keep(shard.id(), cure.cure(shard, mark));
        }
    }
}
