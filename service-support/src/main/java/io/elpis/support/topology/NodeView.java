package io.elpis.support.topology;

import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.CopyState;
import io.elpis.protocol.node.NodeState;
import io.elpis.protocol.node.ShardRef;
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
            copies.add(new ShardCopy(shard(copy.getShard()), node, copy));
        }
        return new NodeView(node, state.getIncarnation(), state.getCatalogVersion(), state.getDraining(), copies);
    }

    private static ShardId shard(ShardRef ref) {
        return new ShardId(IndexUuid.ofBytes(ref.getIndexUuid().toByteArray()), ref.getShard());
    }
}
