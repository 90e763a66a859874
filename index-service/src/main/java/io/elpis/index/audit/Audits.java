package io.elpis.index.audit;

import com.google.errorprone.annotations.ThreadSafe;
import io.elpis.index.audit.ShardFinding.Verdict;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Audits many shards, one audit at a time, and keeps what is found. */
@ThreadSafe
public final class Audits {
    private static final Logger LOG = LoggerFactory.getLogger(Audits.class);

    /** Shards under way at one time. */
    private static final int AT_ONCE = 64;

    private final ShardAudit shards;
    private final Findings findings;
    private final AuditMetrics metrics;
    private final ReentrantLock running = new ReentrantLock();

    Audits(ShardAudit shards, Findings findings, AuditMetrics metrics) {
        this.shards = shards;
        this.findings = findings;
        this.metrics = metrics;
    }

    /**
     * Returns when every copy has answered, or its shard's time is over.
     *
     * @param fresh whether what was written just now counts too
     * @param patience with each shard
     * @throws ElpisException TOO_MANY_REQUESTS while another audit is under way for that long
     */
    Map<ShardId, ShardFinding> run(Collection<CatalogIndex> indices, boolean fresh, boolean verify, Duration patience) {
        enter(patience);
        try {
            List<AuditedShard> audited = AuditedShard.of(indices);
            Map<ShardId, ShardFinding> found = new LinkedHashMap<>();
            for (int from = 0; from < audited.size(); from += AT_ONCE) {
                found.putAll(batch(
                        audited.subList(from, Math.min(audited.size(), from + AT_ONCE)), fresh, verify, patience));
            }
            return found;
        } finally {
            running.unlock();
        }
    }

    private void enter(Duration patience) {
        try {
            if (running.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ElpisException(ErrorCode.TOO_MANY_REQUESTS, "another audit is under way");
    }

    private Map<ShardId, ShardFinding> batch(
            List<AuditedShard> audited, boolean fresh, boolean verify, Duration patience) {
        List<CompletableFuture<ShardFinding>> begun = new ArrayList<>();
        audited.forEach(shard -> begun.add(shards.audit(shard, fresh, verify, patience)));
        Map<ShardId, ShardFinding> found = new LinkedHashMap<>();
        for (int at = 0; at < audited.size(); at++) {
            // Each ends by itself: whoever is asked has a deadline.
            ShardFinding finding = begun.get(at).join();
            found.put(audited.get(at).id(), finding);
            note(audited.get(at).id(), finding);
        }
        return found;
    }

    private void note(ShardId shard, ShardFinding finding) {
        metrics.audited(finding);
        if (finding.verdict() == Verdict.DIFFERING) {
            LOG.atError()
                    .addKeyValue("alarm", "copies_differ")
                    .addKeyValue("shard", shard)
                    .addKeyValue("offset", finding.mark().offset())
                    .addKeyValue("copies", finding.copies())
                    .log("copies of a shard are not equal");
        }
        keep(shard, finding);
    }

    /** What cannot be kept is still answered to who asked for it. */
    void keep(ShardId shard, ShardFinding finding) {
        try {
            findings.keep(shard, finding);
        } catch (ElpisException unavailable) {
            LOG.atWarn()
                    .addKeyValue("shard", shard)
                    .addKeyValue("reason", unavailable.toString())
                    .log("finding not kept");
        }
    }
}
