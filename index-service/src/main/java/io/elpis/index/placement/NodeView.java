package io.elpis.index.placement;

import io.elpis.model.schema.ShardId;
import java.util.Set;

/**
 * A node as the decision sees it.
 *
 * @param zone empty when unknown
 * @param serving the shards it serves now
 * @param lost shards whose copies on it have failed for so long that others are to replace them
 */
public record NodeView(String name, String zone, Availability availability, Set<ShardId> serving, Set<ShardId> lost) {
    public NodeView {
        serving = Set.copyOf(serving);
        lost = Set.copyOf(lost);
    }

    /** A node that has lost nothing. */
    public NodeView(String name, String zone, Availability availability, Set<ShardId> serving) {
        this(name, zone, availability, serving, Set.of());
    }
}
