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
 */
public record NodeView(LiveNode node, long incarnation, long catalogVersion, boolean draining, List<ShardCopy> copies) {
    public NodeView {
        copies = List.copyOf(copies);
    }

    public static NodeView of(LiveNode node, NodeState state) {
        List<ShardCopy> copies = new ArrayList<>(state.getCopiesCount());
        for (CopyState copy : state.getCopiesList()) {
            copies.add(new ShardCopy(ShardWire.read(copy.getShard()), node, copy));
        }
        return new NodeView(node, state.getIncarnation(), state.getCatalogVersion(), state.getDraining(), copies);
    }
}
