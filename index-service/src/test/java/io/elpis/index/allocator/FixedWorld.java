package io.elpis.index.allocator;

import io.elpis.index.log.LogPartition;
import io.elpis.index.placement.NodeSighting;
import io.elpis.index.placement.WantedShard;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A world that is what a test makes it. */
final class FixedWorld implements World {
    final Map<WantedShard, LogPartition> wanted = new HashMap<>();
    final Set<IndexUuid> deleted = new HashSet<>();
    final List<NodeSighting> nodes = new ArrayList<>();

    IndexUuid index(int number, int shards, int copies) {
        IndexUuid index = new IndexUuid(new UUID(7, number));
        for (int shard = 0; shard < shards; shard++) {
            wanted.put(
                    new WantedShard(new ShardId(index, shard), copies, 0),
                    new LogPartition("elpis.index." + index.hex(), shard, 1));
        }
        return index;
    }

    void delete(IndexUuid index) {
        wanted.keySet().removeIf(shard -> shard.id().index().equals(index));
        deleted.add(index);
    }

    void node(String name) {
        nodes.add(new NodeSighting(name, "z", false, false, Set.of()));
    }

    @Override
    public boolean isKnown() {
        return true;
    }

    @Override
    public Sight look() {
        return new Sight(Map.copyOf(wanted), Set.copyOf(deleted), List.copyOf(nodes), true);
    }
}
