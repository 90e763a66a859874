package io.elpis.support.topology;

import io.grpc.ManagedChannel;

/** Opens the one channel to a node. */
@FunctionalInterface
public interface NodeChannels {
    ManagedChannel open(NodeAddress address);
}
