package io.elpis.index.byquery;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.scan.ScanRequest;
import io.elpis.protocol.scan.ScanResponse;
import io.elpis.protocol.task.ByQueryRequest;
import io.elpis.protocol.task.ShardProgress;
import io.elpis.protocol.task.SourceShard;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the source shards of one task, each from one point in time. While the copy that opened it lives, the point in time
 * holds every document as it was. When that copy is lost, another one goes on behind the cursor: it no longer has the
 * documents that were changed or deleted since, which are then missing of the number first told.
 */
final class ShardReader {
    private static final Logger log = LoggerFactory.getLogger(ShardReader.class);

    private final ScanCalls calls;
    private final ByQueryRequest task;

    ShardReader(ScanCalls calls, ByQueryRequest task) {
        this.calls = calls;
        this.task = task;
    }

    /**
     * Reads behind the shard's cursor, at whatever copy answers, and notes which it was.
     *
     * @param limit 0: only opens the point in time, or keeps it open
     * @throws ElpisException the query's own mistake, or that no copy answers now
     */
    ScanResponse read(int ordinal, ShardProgress.Builder shard, int limit) throws InterruptedException {
        ScanRequest.Builder request = request(task.getShards(ordinal), limit);
        if (shard.hasCursor()) {
            request.setAfter(shard.getCursor());
        }
        String lost = "";
        if (shard.getLease() != 0) {
            try {
                return calls.scan(
                        shard.getNode(), request.setLease(shard.getLease()).build());
            } catch (ElpisException e) {
                if (isFinal(e)) {
                    throw e;
                }
                lost = shard.getNode();
                shard.clearLease();
            }
        }
        return elsewhere(ordinal, shard, request.clearLease(), lost);
    }

    private ScanResponse elsewhere(int ordinal, ShardProgress.Builder shard, ScanRequest.Builder request, String lost)
            throws InterruptedException {
        if (shard.hasPoint()) {
            request.setResume(shard.getPoint());
        }
        ShardId id = id(task.getShards(ordinal));
        @Nullable ElpisException last = null;
        for (String node : lostLast(calls.nodes(id), lost)) {
            try {
                ScanResponse response = calls.scan(node, request.build());
                shard.setNode(node).setLease(response.getLease());
                return response;
            } catch (ElpisException e) {
                if (isFinal(e)) {
                    throw e;
                }
                last = e;
            }
        }
        throw last == null
                ? new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, "no copy of shard [" + id + "] serves")
                : last;
    }

    private static List<String> lostLast(List<String> nodes, String lost) {
        List<String> ordered = new ArrayList<>(nodes);
        if (ordered.remove(lost)) {
            ordered.add(lost);
        }
        return ordered;
    }

    /** Keeps an open point in time open; should that fail, the next read tells. */
    void keepOpen(int ordinal, ShardProgress.Builder shard) throws InterruptedException {
        try {
            calls.scan(
                    shard.getNode(),
                    request(task.getShards(ordinal), 0)
                            .setLease(shard.getLease())
                            .build());
        } catch (ElpisException e) {
            log.atDebug().addKeyValue("reason", e.reason()).log("a point in time was not kept open");
        }
    }

    /** A lease that has ended, or a token, is no mistake of the query's. */
    static boolean isFinal(ElpisException failure) {
        return failure.code().isCallersFault()
                && failure.code() != ErrorCode.RESOURCE_NOT_FOUND
                && failure.code() != ErrorCode.UNAUTHENTICATED;
    }

    private ScanRequest.Builder request(SourceShard shard, int limit) {
        return ScanRequest.newBuilder()
                .setIndexUuid(shard.getIndexUuid())
                .setShard(shard.getShard())
                .setQuery(task.getQuery())
                .setNowMillis(task.getNowMillis())
                .setSource(task.getSource())
                .setLimit(limit);
    }

    private static ShardId id(SourceShard shard) {
        return new ShardId(IndexUuid.ofBytes(shard.getIndexUuid().toByteArray()), shard.getShard());
    }
}
