package io.elpis.support.topology;

import io.elpis.protocol.node.NodeLoad;
import io.elpis.protocol.node.QueryNodeGrpc.QueryNodeStub;

/** A query node that is, or just was, connected. Its answers change while a snapshot that holds it does not. */
public interface LiveNode {
    /** The same after a restart of the node. */
    String name();

    String zone();

    /** Nothing heard for so long that other nodes come first. */
    boolean silent();

    /** As last heard, be it with a heartbeat. */
    NodeLoad load();

    /**
     * For calls to this node. Callbacks run on the channel's event loop: they must not block. Callers add deadline and
     * credentials.
     */
    QueryNodeStub stub();
}
