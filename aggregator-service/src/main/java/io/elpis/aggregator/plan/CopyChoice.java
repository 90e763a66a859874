package io.elpis.aggregator.plan;

import io.elpis.aggregator.plan.Assignment.NodeShare;
import io.elpis.support.topology.LiveNode;
import io.elpis.support.topology.ShardCopy;
import io.elpis.support.topology.ShardMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a copy for every shard: serving copies only; nodes that talk before silent ones; then copies that need not
 * wait before those that are behind; then nodes that stay before draining ones; among equals by rank, with one's own
 * zone and nodes asked anyway preferred.
 */
public final class CopyChoice {
    private static final int DRAINING = 1;
    private static final int BEHIND = 2;
    private static final int SILENT = 4;

    private final NodeGauges gauges;
    private final String zone;
    private final ChoiceWeights weights;
    private final RandomGenerator random;

    /** @param zone one's own */
    public CopyChoice(NodeGauges gauges, String zone, ChoiceWeights weights, RandomGenerator random) {
        this.gauges = gauges;
        this.zone = zone;
        this.weights = weights;
        this.random = random;
    }

    /** Which nodes may be asked. */
    public interface Permits {
        /** Whether this node may be asked for this shard; asked first. */
        boolean mayAsk(int ordinal, LiveNode node);

        /** Whether the copy is known not to be as far as the reader wants. */
        default boolean isBehind(ShardCopy copy) {
            return false;
        }

        /** Takes the right to call the node, once an assignment; false: its circuit is open. */
        boolean acquire(LiveNode node);
    }

    /** @param ordinals places in {@code targets} of the shards to assign */
    public Assignment assign(List<ShardTarget> targets, List<Integer> ordinals, ShardMap map, Permits permits) {
        Choice choice = new Choice(map, permits);
        int count = ordinals.size();
        // Starting anywhere keeps nodes that are asked anyway from being the same ones each time.
        int start = count > 1 ? random.nextInt(count) : 0;
        for (int i = 0; i < count; i++) {
            int ordinal = ordinals.get((start + i) % count);
            choice.choose(ordinal, targets.get(ordinal));
        }
        return choice.result();
    }

    private final class Choice {
        private final ShardMap map;
        private final Permits permits;
        private final Map<LiveNode, List<Integer>> shares = new LinkedHashMap<>(8);
        private final List<LiveNode> refused = new ArrayList<>(0);
        private final List<Integer> unassigned = new ArrayList<>(0);
        private final Map<LiveNode, Double> ranks = new LinkedHashMap<>(8);

        Choice(ShardMap map, Permits permits) {
            this.map = map;
            this.permits = permits;
        }

        void choose(int ordinal, ShardTarget target) {
            while (true) {
                LiveNode best = best(ordinal, target);
                if (best == null) {
                    unassigned.add(ordinal);
                    return;
                }
                List<Integer> share = shares.get(best);
                if (share == null && !permits.acquire(best)) {
                    refused.add(best);
                    continue;
                }
                if (share == null) {
                    share = new ArrayList<>(4);
                    shares.put(best, share);
                }
                share.add(ordinal);
                return;
            }
        }

        private @Nullable LiveNode best(int ordinal, ShardTarget target) {
            LiveNode best = null;
            int bestTier = Integer.MAX_VALUE;
            double bestRank = Double.POSITIVE_INFINITY;
            for (ShardCopy copy : map.servingCopies(target.shard())) {
                LiveNode node = copy.node();
                if (refused.contains(node) || !permits.mayAsk(ordinal, node)) {
                    continue;
                }
                int tier = tier(copy);
                double rank = rank(node);
                if (tier < bestTier || tier == bestTier && rank < bestRank) {
                    best = node;
                    bestTier = tier;
                    bestRank = rank;
                }
            }
            return best;
        }

        private int tier(ShardCopy copy) {
            return (copy.node().silent() ? SILENT : 0)
                    + (permits.isBehind(copy) ? BEHIND : 0)
                    + (map.draining(copy.node()) ? DRAINING : 0);
        }

        private double rank(LiveNode node) {
            Double known = ranks.get(node);
            if (known == null) {
                double spread = 1 + weights.jitter() * random.nextDouble();
                double away = node.zone().equals(zone) ? 1 : weights.otherZone();
                known = gauges.reading(node).rank() * spread * away;
                ranks.put(node, known);
            }
            return shares.containsKey(node) ? known * weights.alreadyAsked() : known;
        }

        Assignment result() {
            List<NodeShare> calls = new ArrayList<>(shares.size());
            shares.forEach((node, ordinals) -> calls.add(new NodeShare(node, ordinals)));
            return new Assignment(calls, unassigned);
        }
    }
}
