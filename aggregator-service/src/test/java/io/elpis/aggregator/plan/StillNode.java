package io.elpis.aggregator.plan;

import io.elpis.protocol.node.NodeLoad;
import io.elpis.protocol.node.QueryNodeGrpc.QueryNodeStub;
import io.elpis.support.topology.LiveNode;

/** A node that is only looked at, never called. */
record StillNode(String name, String zone, boolean silent) implements LiveNode {
    @Override
    public NodeLoad load() {
        return NodeLoad.getDefaultInstance();
    }

    @Override
    public QueryNodeStub stub() {
        throw new UnsupportedOperationException();
    }
}
