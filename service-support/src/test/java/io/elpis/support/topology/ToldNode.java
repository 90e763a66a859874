package io.elpis.support.topology;

import com.google.protobuf.ByteString;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.CopyState;
import io.elpis.protocol.node.NodeState;
import io.elpis.protocol.node.QueryNodeGrpc;
import io.elpis.protocol.node.ShardRef;
import io.elpis.protocol.node.WatchStateRequest;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node on a port of its own that says of itself what it is told to say. */
final class ToldNode extends QueryNodeGrpc.QueryNodeImplBase implements AutoCloseable {
    private final List<StreamObserver<NodeState>> watchers = new CopyOnWriteArrayList<>();
    private final Server server;
    private final NodeAddress address;
    private volatile NodeState state;

    ToldNode(NodeState state) {
        this(state, 0);
    }

    ToldNode(NodeState state, int port) {
        this.state = state;
        try {
            this.server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
                    .directExecutor()
                    .addService(this)
                    .build()
                    .start();
            this.address = new NodeAddress("127.0.0.1", server.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NodeAddress address() {
        return address;
    }

    void says(NodeState now) {
        state = now;
        watchers.forEach(watcher -> watcher.onNext(now));
    }

    void breaksStreams() {
        watchers.forEach(watcher -> watcher.onError(Status.UNAVAILABLE.asRuntimeException()));
        watchers.clear();
    }

    @Override
    public void watchState(WatchStateRequest request, StreamObserver<NodeState> states) {
        watchers.add(states);
        states.onNext(state);
    }

    static NodeState.Builder state(String name, CopyState... copies) {
        return NodeState.newBuilder().setNode(name).setZone("zone-a").addAllCopies(List.of(copies));
    }

    static CopyState copy(ShardId shard, CopyState.State state) {
        return CopyState.newBuilder()
                .setShard(ShardRef.newBuilder()
                        .setIndexUuid(ByteString.copyFrom(shard.index().bytes()))
                        .setShard(shard.shard()))
                .setState(state)
                .build();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
