package io.elpis.aggregator.plan;

import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.ShardId;

/** A shard that a request concerns. */
public record ShardTarget(ShardId shard, IndexMetadata index) {
    /** {@code wiki-3}, as reasons name a shard. */
    @Override
    public String toString() {
        return index.name() + "-" + shard.shard();
    }
}
