package io.elpis.support.topology;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Channels without thread hops: callbacks run on the event loop, native where the platform has it. Retries and hedging
 * are the caller's, who knows other copies, so gRPC's own are off.
 */
public final class NettyChannels implements NodeChannels {
    /** Twice what a node lets one answer hold. */
    private static final int LARGEST_ANSWER = 64 << 20;

    private static final int WINDOW = 1 << 20;

    @Override
    public ManagedChannel open(NodeAddress address) {
        return NettyChannelBuilder.forAddress(new InetSocketAddress(address.host(), address.port()))
                .usePlaintext()
                .directExecutor()
                .disableRetry()
                .proxyDetector(_ -> null)
                .flowControlWindow(WINDOW)
                .maxInboundMessageSize(LARGEST_ANSWER)
                .keepAliveTime(10, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS)
                .build();
    }
}
