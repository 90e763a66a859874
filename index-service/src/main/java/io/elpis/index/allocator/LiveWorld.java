package io.elpis.index.allocator;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.CatalogView;
import io.elpis.index.log.LogPartition;
import io.elpis.index.placement.NodeSighting;
import io.elpis.index.placement.WantedShard;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.CopyState;
import io.elpis.support.topology.NodeView;
import io.elpis.support.topology.ShardCopy;
import io.elpis.support.topology.ShardMap;
import io.elpis.support.topology.ShardMapKeeper;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The catalog as this instance knows it, and the nodes as they speak over their streams. */
final class LiveWorld implements World {
    private final CatalogView catalog;
    private final ShardMapKeeper shardMap;
    private final long diskReserve;

    LiveWorld(CatalogView catalog, ShardMapKeeper shardMap, long diskReserve) {
        this.catalog = catalog;
        this.shardMap = shardMap;
        this.diskReserve = diskReserve;
    }

    /** The view was filled from the database before anything was made with it. */
    @Override
    public boolean isKnown() {
        return true;
    }

    @Override
    public Sight look() {
        ShardMap now = shardMap.current();
        Map<WantedShard, LogPartition> wanted = new HashMap<>();
        Set<IndexUuid> deleted = new HashSet<>();
        for (CatalogIndex index : catalog.known()) {
            if (index.deleted()) {
                deleted.add(index.uuid());
                continue;
            }
            for (int shard = 0; shard < index.logs().size(); shard++) {
                ShardId id = index.metadata().shard(shard);
                wanted.put(
                        new WantedShard(id, index.settings().copiesPerShard(), size(now, id)),
                        index.logs().get(shard));
            }
        }
        List<NodeSighting> nodes = now.nodes().stream().map(this::sighting).toList();
        return new Sight(wanted, deleted, nodes, shardMap.surveyed() && !nodes.isEmpty());
    }

    private static long size(ShardMap map, ShardId shard) {
        return map.copies(shard).stream()
                .mapToLong(copy -> copy.state().getSizeBytes())
                .max()
                .orElse(0);
    }

    private NodeSighting sighting(NodeView view) {
        long free = view.node().load().getDiskFreeBytes();
        return new NodeSighting(
                view.node().name(),
                view.node().zone(),
                view.draining(),
                free != 0 && free < diskReserve,
                shards(view, ShardCopy::isServing),
                shards(view, copy -> copy.state().getState() == CopyState.State.FAILED));
    }

    private static Set<ShardId> shards(NodeView view, Predicate<ShardCopy> which) {
        return view.copies().stream().filter(which).map(ShardCopy::shard).collect(Collectors.toUnmodifiableSet());
    }
}
