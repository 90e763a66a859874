package io.elpis.support.topology;

import io.elpis.protocol.node.CopyState;
import io.elpis.protocol.node.NodeState;
import io.elpis.protocol.node.ShardWire;
import java.util.ArrayList;
import java.util.List;

/**
 * A connected node and its copies at the time of a snapshot.
 *
 * @param incarnation chosen at each start of the node
 * @param draining the node wants nothing new
 * @param applyLogic the highest version of the apply logic that the node has, 1 at least
 */
public record NodeView(
        LiveNode node,
        long incarnation,
        long catalogVersion,
        boolean draining,
        int applyLogic,
        List<ShardCopy> copies) {
    /** Nodes of the first version do not say it. */
    private static final int FIRST_APPLY_LOGIC = 1;

    public NodeView {
        copies = List.copyOf(copies);
    }

    public static NodeView of(LiveNode node, NodeState state) {
        List<ShardCopy> copies = new ArrayList<>(state.getCopiesCount());
        for (CopyState copy : state.getCopiesList()) {
            copies.add(new ShardCopy(ShardWire.read(copy.getShard()), node, copy));
        }
        return new NodeView(
                node,
                state.getIncarnation(),
                state.getCatalogVersion(),
                state.getDraining(),
                Math.max(FIRST_APPLY_LOGIC, state.getApplyLogic()),
                copies);
    }
}
