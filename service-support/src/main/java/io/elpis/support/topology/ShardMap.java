package io.elpis.support.topology;

import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which node has which copy of which shard: an immutable snapshot. */
public final class ShardMap {
    public static final ShardMap EMPTY = of(List.of());

    private final Map<String, NodeView> nodes;
    private final Map<ShardId, Copies> shards;
    private final long catalogVersion;

    private ShardMap(Map<String, NodeView> nodes, Map<ShardId, Copies> shards, long catalogVersion) {
        this.nodes = nodes;
        this.shards = shards;
        this.catalogVersion = catalogVersion;
    }

    /** @param views where two speak for the same node, the later one counts */
    public static ShardMap of(Collection<NodeView> views) {
        Map<String, NodeView> nodes = new LinkedHashMap<>();
        views.forEach(view -> nodes.put(view.node().name(), view));
        Map<ShardId, List<ShardCopy>> copies = new HashMap<>();
        List<NodeView> drainingLast = new ArrayList<>(nodes.values());
        drainingLast.sort(Comparator.comparing(NodeView::draining));
        for (NodeView view : drainingLast) {
            for (ShardCopy copy : view.copies()) {
                copies.computeIfAbsent(copy.shard(), _ -> new ArrayList<>(3)).add(copy);
            }
        }
        Map<ShardId, Copies> shards = HashMap.newHashMap(copies.size());
        copies.forEach((shard, all) -> shards.put(shard, Copies.of(all)));
        long catalogVersion = nodes.values().stream()
                .mapToLong(NodeView::catalogVersion)
                .max()
                .orElse(0);
        return new ShardMap(nodes, shards, catalogVersion);
    }

    /** Connected nodes. */
    public Collection<NodeView> nodes() {
        return nodes.values();
    }

    public Optional<NodeView> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /** All copies in whatever state; empty when no connected node has one. */
    public List<ShardCopy> copies(ShardId shard) {
        return shards.getOrDefault(shard, Copies.NONE).all;
    }

    /** The copies that answer searches, those of draining nodes last. */
    public List<ShardCopy> servingCopies(ShardId shard) {
        return shards.getOrDefault(shard, Copies.NONE).serving;
    }

    /** Whether each of the index's shards has so many copies that answer searches. */
    public boolean serves(IndexUuid index, int numberOfShards, int copies) {
        for (int shard = 0; shard < numberOfShards; shard++) {
            if (servingCopies(new ShardId(index, shard)).size() < copies) {
                return false;
            }
        }
        return true;
    }

    /** Whether the node wants nothing new; such a node is a last choice. */
    public boolean draining(LiveNode node) {
        NodeView view = nodes.get(node.name());
        return view != null && view.draining();
    }

    /** The newest catalog version a connected node has read; 0 when there is none. */
    public long catalogVersion() {
        return catalogVersion;
    }

    private record Copies(List<ShardCopy> all, List<ShardCopy> serving) {
        static final Copies NONE = new Copies(List.of(), List.of());

        static Copies of(List<ShardCopy> all) {
            return new Copies(
                    List.copyOf(all), all.stream().filter(ShardCopy::isServing).toList());
        }
    }
}
