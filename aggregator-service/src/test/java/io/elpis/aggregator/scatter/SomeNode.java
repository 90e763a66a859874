package io.elpis.aggregator.scatter;

import io.elpis.protocol.node.NodeLoad;
import io.elpis.protocol.node.QueryNodeGrpc.QueryNodeStub;
import io.elpis.support.topology.LiveNode;

/** A node that is spoken of, never called. */
record SomeNode(String name, boolean silent) implements LiveNode {
    @Override
    public String zone() {
        return "zone-a";
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
