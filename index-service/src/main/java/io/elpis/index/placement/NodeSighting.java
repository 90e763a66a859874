package io.elpis.index.placement;

import io.elpis.model.schema.ShardId;
import java.util.Set;

/**
 * A node that is heard from now.
 *
 * @param full its disk has no room for further copies
 * @param failed shards whose copies on it have stopped
 */
public record NodeSighting(
        String name, String zone, boolean draining, boolean full, Set<ShardId> serving, Set<ShardId> failed) {
    public NodeSighting {
        serving = Set.copyOf(serving);
        failed = Set.copyOf(failed);
    }

    /** A node without failures. */
    public NodeSighting(String name, String zone, boolean draining, boolean full, Set<ShardId> serving) {
        this(name, zone, draining, full, serving, Set.of());
    }
}
