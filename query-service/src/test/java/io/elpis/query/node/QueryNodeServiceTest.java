package io.elpis.query.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.Operator;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.ZeroTerms;
import io.elpis.protocol.error.ErrorWire;
import io.elpis.protocol.node.CopyState;
import io.elpis.protocol.node.FetchDoc;
import io.elpis.protocol.node.FetchRequest;
import io.elpis.protocol.node.FollowOutcomesRequest;
import io.elpis.protocol.node.GetRequest;
import io.elpis.protocol.node.GetResponse;
import io.elpis.protocol.node.NodeState;
import io.elpis.protocol.node.OutcomeBatch;
import io.elpis.protocol.node.PullCatalogRequest;
import io.elpis.protocol.node.QueryNodeGrpc;
import io.elpis.protocol.node.QueryNodeGrpc.QueryNodeBlockingStub;
import io.elpis.protocol.node.QueryNodeGrpc.QueryNodeFutureStub;
import io.elpis.protocol.node.RefreshRequest;
import io.elpis.protocol.node.RefreshResponse;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.protocol.node.ShardRef;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.node.WatchStateRequest;
import io.elpis.protocol.outcome.FindOutcomeRequest;
import io.elpis.protocol.outcome.FindOutcomeResponse;
import io.elpis.protocol.outcome.OperationRef;
import io.elpis.protocol.record.OpId;
import io.elpis.protocol.record.Outcome;
import io.elpis.protocol.record.Position;
import io.elpis.protocol.record.WriterOp;
import io.elpis.protocol.scan.ScanRequest;
import io.elpis.protocol.search.FetchSpec;
import io.elpis.protocol.search.QueryWire;
import io.elpis.query.catalog.CatalogFile;
import io.elpis.query.catalog.NodeCatalog;
import io.elpis.query.replica.ShardCopy;
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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node over real gRPC. */
final class QueryNodeServiceTest {
    @TempDir
    Path directory;

    private TestIndex index;
    private final SearchPool pool = new SearchPool(2, 10);
    private final ExecutorService teller = Executors.newSingleThreadExecutor();
    private final Scans scans = new Scans(10, Duration.ofMinutes(1), System::nanoTime, 0);
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void open() throws Exception {
        index = new TestIndex(directory.resolve("copies"), 2, "{\"properties\":{\"title\":{\"type\":\"text\"}}}")
                .index(0, "a", "{\"title\":\"red fox\"}")
                .index(1, "b", "{\"title\":\"red red\"}")
                .refresh();
        NodeCatalog catalog = new NodeCatalog(new CatalogFile(directory), (uuid, interval) -> {});
        NodeIdentity identity = new NodeIdentity("query-1", "zone-a", 42);
        NodeStates states = new NodeStates(identity, index.copies(), catalog, pool, () -> 1_000);
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .directExecutor()
                .intercept(new CallerInterceptor(QueryNodeServiceTest::verify, Runnable::run))
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

    @AfterEach
    void close() {
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

    private QueryNodeBlockingStub as(String scope) {
        return QueryNodeGrpc.newBlockingStub(channel)
                .withCallCredentials(BearerCredentials.forwarding(scope))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private static io.elpis.model.search.SearchRequest red() {
        return io.elpis.model.search.SearchRequest.of(
                new QueryNode.Match("title", "red", Operator.OR, null, null, false, ZeroTerms.NONE, 1f));
    }

    private ShardRef shard(int shard) {
        return ShardWire.write(index.shard(shard));
    }

    @Test
    void searchMergesTheShardsOfARequest() {
        SearchResponse response = as("read").search(index.request(red()).build());
        assertThat(TestIndex.ids(response)).containsExactly("b", "a");
        assertThat(response.getHits(0).getShardOrdinal()).isEqualTo(1);
        assertThat(response.getHits(0).getContent().getSource().toStringUtf8()).isEqualTo("{\"title\":\"red red\"}");
        assertThat(response.getShardsList())
                .allSatisfy(shard -> assertThat(shard.getTotalHits()).isEqualTo(1));
    }

    @Test
    void fetchReadsThePointInTimeOfItsSearch() throws Exception {
        SearchResponse found =
                as("read").search(index.request(red()).clearInlineFetch().build());
        index.delete(1, "b").refresh();
        FetchRequest fetch = FetchRequest.newBuilder()
                .setLease(found.getLease())
                .setSpec(FetchSpec.newBuilder().setVersion(true))
                .addDocs(FetchDoc.newBuilder()
                        .setShardOrdinal(1)
                        .setDoc(found.getHits(0).getDoc()))
                .build();
        assertThat(as("read").fetch(fetch).getContents(0).getSource().toStringUtf8())
                .isEqualTo("{\"title\":\"red red\"}");
        assertThatThrownBy(() -> as("read").fetch(fetch))
                .satisfies(failure ->
                        assertThat(ErrorWire.fromGrpc(failure).code()).isEqualTo(ErrorCode.RESOURCE_NOT_FOUND));
    }

    @Test
    void getIsRealTimeUnlessAskedOtherwise() {
        index.index(0, "new", "{\"title\":\"unrefreshed\"}");
        GetRequest realtime = GetRequest.newBuilder()
                .setShard(shard(0))
                .setId("new")
                .setRealtime(true)
                .build();
        GetResponse found = as("read").get(realtime);
        assertThat(found.getContent().getVersion()).isEqualTo(1);
        assertThat(found.getPossiblyStale()).isFalse();
        assertThat(as("read")
                        .get(realtime.toBuilder().setRealtime(false).build())
                        .getFound())
                .isFalse();
    }

    @Test
    void getAnswersFromTheCopyWhenTheLogIsSilent() {
        index.log(0).fallSilent();
        GetResponse found = as("read")
                .withDeadlineAfter(6, TimeUnit.SECONDS)
                .get(GetRequest.newBuilder()
                        .setShard(shard(0))
                        .setId("a")
                        .setRealtime(true)
                        .build());
        assertThat(found.getFound()).isTrue();
        assertThat(found.getPossiblyStale()).isTrue();
    }

    @Test
    void getIsNotAnsweredFromACopyThatWasBuiltAgainMeanwhile() throws Exception {
        GetRequest get = GetRequest.newBuilder()
                .setShard(shard(0))
                .setId("a")
                .setRealtime(true)
                .setStrong(true)
                .build();
        assertThat(codeOf(whileItsCopyIsBuiltAgain(stub -> stub.get(get)))).isEqualTo(ErrorCode.SHARD_NOT_AVAILABLE);
    }

    @Test
    void noScanIsOpenedAtACopyThatWasBuiltAgainMeanwhile() throws Exception {
        ScanRequest scan = ScanRequest.newBuilder()
                .setIndexUuid(shard(0).getIndexUuid())
                .setQuery(QueryWire.write(new QueryNode.MatchAll(1f)))
                .setLimit(10)
                .build();
        assertThat(codeOf(whileItsCopyIsBuiltAgain(stub -> stub.scan(scan)))).isEqualTo(ErrorCode.SHARD_NOT_AVAILABLE);
    }

    /** The call has waited for its copy and queues for a thread when the copy is discarded. */
    private <T> ListenableFuture<T> whileItsCopyIsBuiltAgain(Function<QueryNodeFutureStub, ListenableFuture<T>> call)
            throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        try {
            for (int thread = 0; thread < 2; thread++) {
                pool.execute(() -> awaitUnchecked(free));
            }
            await().until(() -> pool.active() == 2);
            ListenableFuture<T> answer = call.apply(QueryNodeGrpc.newFutureStub(channel)
                    .withCallCredentials(BearerCredentials.forwarding("internal"))
                    .withDeadlineAfter(20, TimeUnit.SECONDS));
            await().until(() -> pool.waiting() == 1);
            index.log(0).holdBack();
            ShardCopy trusted = Objects.requireNonNull(index.copy(0).copy());
            assertThat(index.copy(0).discard(trusted, "test").get(20, TimeUnit.SECONDS))
                    .isTrue();
            await().until(() -> index.copy(0).copy() != null);
            return answer;
        } finally {
            free.countDown();
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ErrorCode codeOf(ListenableFuture<?> answer) throws Exception {
        try {
            throw new AssertionError("answered with " + answer.get(20, TimeUnit.SECONDS));
        } catch (ExecutionException failure) {
            return ErrorWire.fromGrpc(Objects.requireNonNull(failure.getCause()))
                    .code();
        }
    }

    @Test
    void refreshMakesAPositionVisible() throws Exception {
        index.index(0, "c", "{\"title\":\"red\"}");
        long last = index.log(0).end() - 1;
        Position visible = as("write")
                .refresh(RefreshRequest.newBuilder()
                        .setShard(shard(0))
                        .setUpTo(NodeStates.position(1, last))
                        .build())
                .getVisible();
        assertThat(visible.getOffset()).isEqualTo(last + 1);
        assertThat(TestIndex.ids(index.search(red()))).contains("c");
    }

    @Test
    void refreshThatIsAwaitedComesWhenItIsDue() throws Exception {
        index.copy(0).refreshEvery(Duration.ofHours(1));
        index.index(0, "c", "{\"title\":\"red\"}");
        var waiting = QueryNodeGrpc.newFutureStub(channel)
                .withCallCredentials(BearerCredentials.forwarding("write"))
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .refresh(awaited(index.log(0).end() - 1));
        index.copies().upkeep(System.nanoTime());
        assertThat(waiting.isDone()).isFalse();
        assertThat(TestIndex.ids(index.search(red()))).doesNotContain("c");
        index.copy(0).refreshEvery(Duration.ZERO);
        await().until(() -> {
            index.copies().upkeep(System.nanoTime());
            return waiting.isDone();
        });
        assertThat(waiting.get().getForced()).isFalse();
        assertThat(waiting.get().getVisible().getOffset())
                .isEqualTo(index.log(0).end());
        assertThat(TestIndex.ids(index.search(red()))).contains("c");
    }

    @Test
    void refreshThatDoesNotComeIsAwaitedNoLongerThanItsCallerWants() {
        index.copy(0).refreshEvery(Duration.ofHours(1));
        index.index(0, "c", "{\"title\":\"red\"}");
        assertThat(status(() -> as("write")
                        .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                        .refresh(awaited(index.log(0).end() - 1))))
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void whereTooManyAwaitARefreshOneIsMade() throws Exception {
        index.copy(0).refreshEvery(Duration.ofHours(1));
        index.index(0, "c", "{\"title\":\"red\"}");
        var stub = QueryNodeGrpc.newFutureStub(channel)
                .withCallCredentials(BearerCredentials.forwarding("write"))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
        List<ListenableFuture<RefreshResponse>> waiting = new ArrayList<>();
        for (int waiter = 0; waiter < 1_001; waiter++) {
            waiting.add(stub.refresh(awaited(index.log(0).end() - 1)));
        }
        await().until(() -> waiting.stream().anyMatch(java.util.concurrent.Future::isDone));
        await().until(() -> {
            index.copies().upkeep(System.nanoTime());
            return waiting.stream().allMatch(java.util.concurrent.Future::isDone);
        });
        int forced = 0;
        for (var answer : waiting) {
            forced += answer.get().getForced() ? 1 : 0;
        }
        assertThat(forced).isEqualTo(1);
    }

    private RefreshRequest awaited(long lastOffset) {
        return RefreshRequest.newBuilder()
                .setShard(shard(0))
                .setUpTo(NodeStates.position(1, lastOffset))
                .setAwait(true)
                .build();
    }

    @Test
    void aPositionInAnotherLogIsRefused() {
        RefreshRequest request = RefreshRequest.newBuilder()
                .setShard(shard(0))
                .setUpTo(NodeStates.position(7, 0))
                .build();
        assertThat(status(() -> as("write").refresh(request))).isEqualTo(Status.Code.OUT_OF_RANGE);
    }

    @Test
    void outcomesComeFromTheWindowAndThenLive() {
        Iterator<OutcomeBatch> batches = as("internal")
                .followOutcomes(FollowOutcomesRequest.newBuilder()
                        .setShard(shard(0))
                        .setFrom(NodeStates.position(1, 0))
                        .build());
        List<Outcome.Result> results = new ArrayList<>();
        batches.next()
                .getOutcomesList()
                .forEach(outcome -> results.add(outcome.getOutcome().getResult()));
        index.delete(0, "a");
        batches.next()
                .getOutcomesList()
                .forEach(outcome -> results.add(outcome.getOutcome().getResult()));
        assertThat(results).containsExactly(Outcome.Result.CREATED, Outcome.Result.DELETED);
    }

    @Test
    void anOutcomeIsFoundByTheNameOfItsOperation() {
        FindOutcomeResponse found = find(0, operation(0).build());
        assertThat(found.getOutcome().getResult()).isEqualTo(Outcome.Result.CREATED);
        assertThat(found.getPosition()).isEqualTo(NodeStates.position(1, 1));
    }

    @Test
    void whatIsOnItsWayIsNotInTheLogPastABarrier() {
        long before = index.log(0).end();
        FindOutcomeResponse found = find(0, operation(7).build());
        assertThat(found.hasOutcome()).isFalse();
        assertThat(found.getApplied().getOffset()).isGreaterThan(before);
        assertThat(found.getWindowStart().getOffset()).isZero();
    }

    @Test
    void anOperationWhoseRecordIsKnownIsWaitedFor() throws Exception {
        OperationRef.Builder coming =
                operation(2).setAt(NodeStates.position(1, index.log(0).end())).setExact(true);
        var answer = CompletableFuture.supplyAsync(() -> find(0, coming.build()));
        index.index(0, "c", "{\"title\":\"red\"}");
        assertThat(answer.get(20, TimeUnit.SECONDS).getOutcome().getResult()).isEqualTo(Outcome.Result.CREATED);
    }

    @Test
    void aSilentLogIsNoReasonToCallAnOperationUndecided() {
        index.log(0).fallSilent();
        assertThatThrownBy(() -> find(0, operation(7).build()))
                .satisfies(failure ->
                        assertThat(ErrorWire.fromGrpc(failure).code()).isEqualTo(ErrorCode.LOG_UNAVAILABLE));
        assertThat(find(0, operation(0).build()).hasOutcome()).isTrue();
    }

    private FindOutcomeResponse find(int shard, OperationRef operation) {
        return as("internal")
                .withDeadlineAfter(6, TimeUnit.SECONDS)
                .findOutcome(FindOutcomeRequest.newBuilder()
                        .setOperation(operation.toBuilder().setShard(shard))
                        .build());
    }

    /** The index's operations are counted in the order they were asked for. */
    private OperationRef.Builder operation(long counter) {
        return OperationRef.newBuilder()
                .setIndexUuid(shard(0).getIndexUuid())
                .setOpId(OpId.newBuilder()
                        .setWriter(WriterOp.newBuilder()
                                .setWriterUuid(ByteString.copyFrom(new byte[16]))
                                .setCounter(counter)))
                .setAt(NodeStates.position(1, 0));
    }

    @Test
    void stateTellsEveryCopyAtOnce() {
        NodeState state = as("internal")
                .watchState(WatchStateRequest.getDefaultInstance())
                .next();
        assertThat(state.getNode()).isEqualTo("query-1");
        assertThat(state.getIncarnation()).isEqualTo(42);
        assertThat(state.getCopiesList()).hasSize(2).allSatisfy(copy -> {
            assertThat(copy.getState()).isEqualTo(CopyState.State.SERVING);
            assertThat(copy.getDocuments()).isEqualTo(1);
            assertThat(copy.getApplied().getOffset()).isEqualTo(2);
            assertThat(copy.getNextSeqNo()).isEqualTo(1);
            assertThat(copy.getFirstTombstone()).isZero();
        });
    }

    @Test
    void scopesAreChecked() {
        assertThat(status(() -> as("bad").search(index.request(red()).build()))).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(status(() -> as("write").search(index.request(red()).build())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(status(() -> as("read").pullCatalog(PullCatalogRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    private static Status.Code status(Runnable call) {
        try {
            call.run();
            return Status.Code.OK;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode();
        }
    }
}
