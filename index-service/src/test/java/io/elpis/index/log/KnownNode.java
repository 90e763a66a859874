package io.elpis.index.log;

import io.elpis.protocol.node.NodeLoad;
import io.elpis.protocol.node.NodeState;
import io.elpis.protocol.node.QueryNodeGrpc.QueryNodeStub;
import io.elpis.support.topology.LiveNode;
import io.elpis.support.topology.NodeView;

/** A node of which is known what it told of itself, and which is never called. */
public record KnownNode(String name) implements LiveNode {
    /** @param applyLogic 0: the node does not say */
    public static NodeView of(String name, int applyLogic) {
        return NodeView.of(
                new KnownNode(name),
                NodeState.newBuilder().setApplyLogic(applyLogic).build());
    }

    @Override
    public String zone() {
        return "zone-a";
    }

    @Override
    public boolean silent() {
        return false;
    }

    @Override
    public NodeLoad load() {
        return NodeLoad.getDefaultInstance();
    }

    @Override
    public QueryNodeStub stub() {
        throw new UnsupportedOperationException();
    }
}
