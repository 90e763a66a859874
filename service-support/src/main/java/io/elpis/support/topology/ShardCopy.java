package io.elpis.support.topology;

import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.CopyState;

/** A copy of a shard on a node, as the node told of it. */
public record ShardCopy(ShardId shard, LiveNode node, CopyState state) {
    /** Whether it answers; a copy of a draining node does, and should be asked last. */
    public boolean isServing() {
        return state.getState() == CopyState.State.SERVING || state.getState() == CopyState.State.DRAINING;
    }
}
