package io.elpis.index.audit;

import io.elpis.model.schema.ShardId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way to the copies on the query nodes. */
interface CopyDoor {
    /**
     * A copy as its node told of it a moment ago.
     *
     * @param logEnd the end of its log as the copy last heard; -1 when unknown
     */
    record Seen(String node, boolean serving, long generation, long logEnd) {}

    /** Those of connected nodes, in whatever state. */
    List<Seen> copies(ShardId shard);

    /**
     * Asks the copy what it held at a mark; never fails.
     *
     * @param verify have it checked by itself first
     */
    CompletableFuture<CopyAnswer> ask(ShardId shard, String node, Mark mark, boolean verify, Duration patience);

    /** Has the copy discarded and built again. @return once it is discarded: whether it was */
    CompletableFuture<Boolean> rebuild(ShardId shard, String node, long generation, String reason, Duration patience);
}
