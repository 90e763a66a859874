package io.elpis.aggregator.plan;

import io.elpis.support.topology.LiveNode;
import java.util.List;

/**
 * Who is asked for what: one call a node.
 *
 * @param unassigned ordinals of shards without a copy that may be asked
 */
public record Assignment(List<NodeShare> shares, List<Integer> unassigned) {
    public Assignment {
        shares = List.copyOf(shares);
        unassigned = List.copyOf(unassigned);
    }

    /** @param ordinals places of the node's shards in the list of targets */
    public record NodeShare(LiveNode node, List<Integer> ordinals) {
        public NodeShare {
            ordinals = List.copyOf(ordinals);
        }
    }
}
