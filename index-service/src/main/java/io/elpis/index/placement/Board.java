package io.elpis.index.placement;

import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The nodes and the shards being placed, with what each node weighs so far. */
final class Board {
    /** Of an average copy: less of a gain is not worth building a copy anew. */
    static final double WORTH_MOVING = 0.5;

    private record CopiesOf(String node, IndexUuid index) {}

    private final Map<String, NodeView> nodes = new HashMap<>();
    private final List<ShardDraft> shards = new ArrayList<>();
    private final Map<String, Double> weights = new HashMap<>();
    private final Map<CopiesOf, Integer> byIndex = new HashMap<>();

    Board(Collection<WantedShard> wanted, Collection<NodeView> views, Map<ShardId, Copies> present) {
        views.forEach(node -> nodes.put(node.name(), node));
        double meanSize =
                wanted.stream().mapToLong(WantedShard::sizeBytes).average().orElse(0);
        wanted.stream().sorted(Comparator.comparing(WantedShard::id)).forEach(shard -> {
            double cost = meanSize == 0 ? 1 : 0.5 + 0.5 * shard.sizeBytes() / meanSize;
            shards.add(new ShardDraft(this, shard, cost, present.getOrDefault(shard.id(), Copies.NONE)));
        });
    }

    List<ShardDraft> shards() {
        return shards;
    }

    /** Nodes that new copies may be given to. */
    Stream<String> takers() {
        return nodes.values().stream()
                .filter(node -> node.availability() == Availability.PRESENT)
                .map(NodeView::name);
    }

    Availability availability(String node) {
        NodeView view = nodes.get(node);
        return view == null ? Availability.GONE : view.availability();
    }

    boolean keepsCopies(String node) {
        return availability(node).keepsCopies();
    }

    boolean someoneIsAway() {
        return nodes.values().stream().anyMatch(node -> node.availability() == Availability.AWAY);
    }

    /** Nodes of unknown zone are each a zone of their own. */
    String zone(String node) {
        NodeView view = nodes.get(node);
        return view == null || view.zone().isEmpty() ? "?" + node : view.zone();
    }

    boolean serves(String node, ShardId shard) {
        NodeView view = nodes.get(node);
        return view != null && view.availability().isHere() && view.serving().contains(shard);
    }

    /** Its copy there has failed for long. */
    boolean hasLost(String node, ShardId shard) {
        NodeView view = nodes.get(node);
        return view != null && view.lost().contains(shard);
    }

    /** A copy is being built or leaves. One that failed and that nobody else can take is neither. */
    boolean isMoving(ShardDraft shard) {
        return !shard.leaving().isEmpty()
                || shard.holders().stream().anyMatch(node -> !serves(node, shard.id()) && !hasLost(node, shard.id()));
    }

    /** All holders serve and nothing leaves: the shard may be moved. */
    boolean isSettled(ShardDraft shard) {
        return shard.leaving().isEmpty() && shard.holders().stream().allMatch(node -> serves(node, shard.id()));
    }

    double weight(String node) {
        return weights.getOrDefault(node, 0.0);
    }

    int copiesOfIndex(String node, ShardId shard) {
        return byIndex.getOrDefault(new CopiesOf(node, shard.index()), 0);
    }

    void count(String node, ShardDraft shard, int sign) {
        weights.merge(node, sign * shard.cost(), Double::sum);
        byIndex.merge(new CopiesOf(node, shard.id().index()), sign, Integer::sum);
    }
}
