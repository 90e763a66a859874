package io.elpis.index.ingest;

import io.elpis.model.schema.ShardId;

/** How far the copies of a shard have come, as they last told. */
@FunctionalInterface
interface CopyProgress {
    /** @return of each copy that serves the offset of the next record it applies; 0 when it follows another log */
    long[] nextOffsets(ShardId shard, long generation);
}
