package io.elpis.index.placement;

import io.elpis.model.schema.ShardId;
import java.util.Set;

/**
 * A node that is heard from now.
 *
 * @param full its disk has no room for further copies
 */
public record NodeSighting(String name, String zone, boolean draining, boolean full, Set<ShardId> serving) {
    public NodeSighting {
        serving = Set.copyOf(serving);
    }
}
