package io.elpis.aggregator.scatter;

import com.google.protobuf.UnsafeByteOperations;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.ShardRef;

/** Shards on the wire. */
public final class ShardRefs {
    private ShardRefs() {}

    public static ShardRef of(ShardId shard) {
        return ShardRef.newBuilder()
                .setIndexUuid(UnsafeByteOperations.unsafeWrap(shard.index().bytes()))
                .setShard(shard.shard())
                .build();
    }
}
