package io.elpis.index.allocator;

import io.elpis.model.schema.ShardId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Decides which tombstones may go: those far enough behind in their shard's sequence numbers, never those of a certain
 * age. One record for as many numbers as tombstones stay, at most. Guarded by its owner.
 */
final class TombstoneDrops {
    private final long distance;

    /** The first tombstones that were not asked to go, for copies tell of that only when they have applied it. */
    private final Map<ShardId, Long> asked = new HashMap<>();

    TombstoneDrops(long distance) {
        this.distance = distance;
    }

    /**
     * @param nextSeqNo of the next record that changes a document
     * @param firstTombstone tombstones of lower sequence numbers are gone
     * @return up to which sequence number they may go now; empty when it is not worth a record
     */
    OptionalLong due(ShardId shard, long nextSeqNo, long firstTombstone) {
        long first = Math.max(firstTombstone, asked.getOrDefault(shard, 0L));
        long upTo = nextSeqNo - 1 - distance;
        return upTo - first + 1 >= distance ? OptionalLong.of(upTo) : OptionalLong.empty();
    }

    /** The log holds the record. */
    void asked(ShardId shard, long upTo) {
        asked.merge(shard, upTo + 1, Math::max);
    }

    /** Forgets all other shards. */
    void keep(Set<ShardId> shards) {
        asked.keySet().retainAll(shards);
    }
}
