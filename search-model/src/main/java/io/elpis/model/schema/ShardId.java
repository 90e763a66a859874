package io.elpis.model.schema;

import java.util.Comparator;

/** One part of an index. */
public record ShardId(IndexUuid index, int shard) implements Comparable<ShardId> {
    private static final Comparator<ShardId> ORDER =
            Comparator.comparing(ShardId::index).thenComparingInt(ShardId::shard);

    public ShardId {
        if (shard < 0) {
            throw new IllegalArgumentException("negative shard " + shard);
        }
    }

    @Override
    public int compareTo(ShardId other) {
        return ORDER.compare(this, other);
    }

    /** {@code <uuid in hex>/<shard>}, the form of log keys and directories. */
    @Override
    public String toString() {
        return index.hex() + "/" + shard;
    }
}
