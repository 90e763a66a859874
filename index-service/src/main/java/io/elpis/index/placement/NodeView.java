package io.elpis.index.placement;

import io.elpis.model.schema.ShardId;
import java.util.Set;

/**
 * A node as the decision sees it.
 *
 * @param zone empty when unknown
 * @param serving the shards it serves now
 */
public record NodeView(String name, String zone, Availability availability, Set<ShardId> serving) {
    public NodeView {
        serving = Set.copyOf(serving);
    }
}
