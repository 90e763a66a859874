package io.elpis.protocol.node;

import com.google.protobuf.UnsafeByteOperations;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;

/** Shard names on the wire. */
public final class ShardWire {
    private ShardWire() {}

    public static ShardRef write(ShardId shard) {
        return ShardRef.newBuilder()
                .setIndexUuid(UnsafeByteOperations.unsafeWrap(shard.index().bytes()))
                .setShard(shard.shard())
                .build();
    }

    public static ShardId read(ShardRef in) {
        return new ShardId(IndexUuid.ofBytes(in.getIndexUuid().toByteArray()), in.getShard());
    }
}
