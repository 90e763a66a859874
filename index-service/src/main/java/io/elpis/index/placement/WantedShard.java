package io.elpis.index.placement;

import io.elpis.model.schema.ShardId;

/**
 * A shard that must have copies.
 *
 * @param copies at least 1
 * @param sizeBytes of one copy, as far as known; 0 otherwise
 */
public record WantedShard(ShardId id, int copies, long sizeBytes) {
    public WantedShard {
        if (copies < 1 || sizeBytes < 0) {
            throw new IllegalArgumentException(id + " wants " + copies + " copies of " + sizeBytes + " bytes");
        }
    }
}
