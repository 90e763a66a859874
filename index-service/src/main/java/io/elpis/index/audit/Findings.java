package io.elpis.index.audit;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.protobuf.ByteString;
import io.elpis.index.audit.ShardFinding.Verdict;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.Barrier;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The newest finding of each shard, in the database: one instance finds, any is asked. */
@ThreadSafe
final class Findings {
    /** @param json as callers see it */
    record Kept(Mark mark, Verdict verdict, String json) {}

    private final JdbcClient jdbc;

    Findings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps the finding unless one at a later position is there. One without a position, since the log took no mark, hides
     * none that something has to be done about.
     */
    void keep(ShardId shard, ShardFinding finding) {
        asked(() -> jdbc.sql(
                        "insert into audit_finding (index_uuid, shard, generation, log_offset, barrier_id, verdict, finding)"
                                + " values (?, ?, ?, ?, ?, ?, ?::json)"
                                + " on conflict (index_uuid, shard) do update set generation = excluded.generation,"
                                + " log_offset = excluded.log_offset, barrier_id = excluded.barrier_id,"
                                + " verdict = excluded.verdict, finding = excluded.finding, found_at = now()"
                                + " where (audit_finding.generation, audit_finding.log_offset)"
                                + " <= (excluded.generation, excluded.log_offset)"
                                + " or excluded.log_offset < 0 and audit_finding.verdict <> 'DIFFERING'")
                .params(
                        shard.index().value(),
                        shard.shard(),
                        finding.mark().generation(),
                        finding.mark().offset(),
                        finding.mark().barrier().getBarrierId().toByteArray(),
                        finding.verdict().name(),
                        new String(FindingJson.write(finding), StandardCharsets.UTF_8))
                .update());
    }

    Map<ShardId, Kept> all() {
        return read("");
    }

    /** Those of copies that differ. */
    Map<ShardId, Kept> differing() {
        return read(" where verdict = 'DIFFERING'");
    }

    private Map<ShardId, Kept> read(String which) {
        return asked(() -> {
            Map<ShardId, Kept> kept = new HashMap<>();
            jdbc.sql("select index_uuid, shard, generation, log_offset, barrier_id, verdict, finding::text"
                            + " from audit_finding" + which)
                    .query(row -> {
                        Barrier barrier = Barrier.newBuilder()
                                .setBarrierId(ByteString.copyFrom(row.getBytes("barrier_id")))
                                .build();
                        kept.put(
                                new ShardId(
                                        new IndexUuid(row.getObject("index_uuid", UUID.class)), row.getInt("shard")),
                                new Kept(
                                        new Mark(row.getLong("generation"), row.getLong("log_offset"), barrier),
                                        Verdict.valueOf(row.getString("verdict")),
                                        row.getString("finding")));
                    });
            return kept;
        });
    }

    /** Removes what was found of indices that are gone. */
    void retain(List<IndexUuid> indices) {
        String there = indices.stream().map(index -> index.value().toString()).collect(Collectors.joining(","));
        asked(() -> jdbc.sql("delete from audit_finding where index_uuid::text <> all (string_to_array(?, ','))")
                .param(there)
                .update());
    }

    private static <T> T asked(Supplier<T> query) {
        try {
            return query.get();
        } catch (DataAccessException unavailable) {
            throw new ElpisException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "the findings of audits are not available: the database does not answer",
                    Map.of(),
                    unavailable);
        }
    }
}
