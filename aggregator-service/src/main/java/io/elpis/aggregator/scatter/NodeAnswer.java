package io.elpis.aggregator.scatter;

import io.elpis.protocol.node.SearchResponse;
import io.elpis.support.topology.LiveNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What one node said.
 *
 * @param ordinals places in the targets of the shards it was asked for, in the order of the response
 * @param accepted for each of them, whether this answer counts: it failed there, or another node was faster
 */
public record NodeAnswer(LiveNode node, SearchResponse response, List<Integer> ordinals, List<Boolean> accepted) {
    public NodeAnswer {
        ordinals = List.copyOf(ordinals);
        accepted = List.copyOf(accepted);
    }

    /** Places in the targets of the shards this answer counts for. */
    List<Integer> acceptedOrdinals() {
        List<Integer> those = new ArrayList<>(ordinals.size());
        for (int at = 0; at < ordinals.size(); at++) {
            if (accepted.get(at)) {
                those.add(ordinals.get(at));
            }
        }
        return those;
    }
}
