package io.elpis.query.node;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.Operator;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.ZeroTerms;
import io.elpis.model.search.SearchRequest;
import io.elpis.protocol.node.QueryNodeGrpc;
import io.elpis.protocol.node.QueryNodeGrpc.QueryNodeBlockingStub;
import io.elpis.protocol.node.QueryNodeGrpc.QueryNodeFutureStub;
import io.elpis.protocol.node.ShardRef;
import io.elpis.protocol.node.ShardWire;
import io.elpis.query.catalog.CatalogFile;
import io.elpis.query.catalog.NodeCatalog;
import io.elpis.query.scan.NodeScan;
import io.elpis.query.scan.Scans;
import io.elpis.query.search.NodeFetch;
import io.elpis.query.search.NodeSearch;
import io.elpis.query.search.SearchPool;
import io.elpis.query.search.TestIndex;
import io.elpis.support.identity.Caller;
import io.elpis.support.rpc.BearerCredentials;
import io.elpis.support.rpc.CallerInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A node of two copies with one document each, and clients of it whose token is their scope. */
final class RunningNode implements AutoCloseable {
    final TestIndex index;
    final SearchPool pool = new SearchPool(2, 10);
    private final ExecutorService teller = Executors.newSingleThreadExecutor();
    private final Scans scans = new Scans(10, Duration.ofMinutes(1), System::nanoTime, 0);
    private final Server server;
    private final ManagedChannel channel;

    /** @param directory of its own */
    RunningNode(Path directory) throws Exception {
        index = new TestIndex(directory.resolve("copies"), 2, "{\"properties\":{\"title\":{\"type\":\"text\"}}}")
                .index(0, "a", "{\"title\":\"red fox\"}")
                .index(1, "b", "{\"title\":\"red red\"}")
                .refresh();
        NodeCatalog catalog = new NodeCatalog(new CatalogFile(directory), (uuid, interval) -> {});
        NodeIdentity identity = new NodeIdentity("query-1", "zone-a", 42);
        NodeStates states = new NodeStates(identity, index.copies(), catalog, pool, () -> 1_000);
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .directExecutor()
                .intercept(new CallerInterceptor(RunningNode::verify, Runnable::run))
                .addService(new QueryNodeService(
                        index.copies(),
                        new Freshness(index.copies()::find),
                        catalog,
                        new NodeSearch(index.copies()::find, index.leases, TestIndex.ANSWER_LIMIT),
                        new NodeFetch(index.leases, TestIndex.ANSWER_LIMIT),
                        new NodeScan(scans, 100, TestIndex.ANSWER_LIMIT),
                        pool,
                        states,
                        new StateStream(states::now, teller),
                        new NodeMetrics(new SimpleMeterRegistry(), index.copies(), pool)))
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
        pool.close();
        teller.shutdownNow();
        scans.close();
        index.close();
    }

    /** The token is the scope. */
    private static Caller verify(String token) {
        if (token.equals("bad")) {
            throw new ElpisException(ErrorCode.UNAUTHENTICATED, "bad token");
        }
        return new Caller("somebody", Set.of(token), Instant.MAX, token);
    }

    QueryNodeBlockingStub as(String scope) {
        return QueryNodeGrpc.newBlockingStub(channel)
                .withCallCredentials(BearerCredentials.forwarding(scope))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    QueryNodeFutureStub futures(String scope) {
        return QueryNodeGrpc.newFutureStub(channel)
                .withCallCredentials(BearerCredentials.forwarding(scope))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    static SearchRequest red() {
        return SearchRequest.of(
                new QueryNode.Match("title", "red", Operator.OR, null, null, false, ZeroTerms.NONE, 1f));
    }

    ShardRef shard(int shard) {
        return ShardWire.write(index.shard(shard));
    }

    /** {@code OK} if it was none. */
    static Status.Code refusal(Runnable call) {
        try {
            call.run();
            return Status.Code.OK;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode();
        }
    }
}
