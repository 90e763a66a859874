package io.elpis.index.allocator;

import io.elpis.index.log.LogPartition;
import io.elpis.index.placement.NodeSighting;
import io.elpis.index.placement.WantedShard;
import io.elpis.model.schema.IndexUuid;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What the allocator decides on, as it is now. */
interface World {
    /**
     * @param wanted with the log each shard has
     * @param deleted indices known to be gone: absence from {@code wanted} alone proves nothing
     * @param nodes those heard from now
     * @param surveyed every node that is known to exist had its chance to be heard
     */
    record Sight(
            Map<WantedShard, LogPartition> wanted,
            Set<IndexUuid> deleted,
            Collection<NodeSighting> nodes,
            boolean surveyed) {}

    /** Whether the catalog has been read. */
    boolean isKnown();

    Sight look();
}
