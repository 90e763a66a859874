package io.elpis.query.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.QueryNode;
import io.elpis.protocol.error.ErrorWire;
import io.elpis.protocol.node.CopyState;
import io.elpis.protocol.node.FetchDoc;
import io.elpis.protocol.node.FetchRequest;
import io.elpis.protocol.node.GetRequest;
import io.elpis.protocol.node.GetResponse;
import io.elpis.protocol.node.NodeState;
import io.elpis.protocol.node.PullCatalogRequest;
import io.elpis.protocol.node.QueryNodeGrpc.QueryNodeFutureStub;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.protocol.node.WatchStateRequest;
import io.elpis.protocol.scan.ScanRequest;
import io.elpis.protocol.search.FetchSpec;
import io.elpis.protocol.search.QueryWire;
import io.elpis.query.replica.ShardCopy;
import io.elpis.query.search.TestIndex;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
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

    private RunningNode node;

    @BeforeEach
    void open() throws Exception {
        node = new RunningNode(directory);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void searchMergesTheShardsOfARequest() {
        SearchResponse response =
                node.as("read").search(node.index.request(RunningNode.red()).build());
        assertThat(TestIndex.ids(response)).containsExactly("b", "a");
        assertThat(response.getHits(0).getShardOrdinal()).isEqualTo(1);
        assertThat(response.getHits(0).getContent().getSource().toStringUtf8()).isEqualTo("{\"title\":\"red red\"}");
        assertThat(response.getShardsList())
                .allSatisfy(shard -> assertThat(shard.getTotalHits()).isEqualTo(1));
    }

    @Test
    void fetchReadsThePointInTimeOfItsSearch() throws Exception {
        SearchResponse found = node.as("read")
                .search(node.index.request(RunningNode.red()).clearInlineFetch().build());
        node.index.delete(1, "b").refresh();
        FetchRequest fetch = FetchRequest.newBuilder()
                .setLease(found.getLease())
                .setSpec(FetchSpec.newBuilder().setVersion(true))
                .addDocs(FetchDoc.newBuilder()
                        .setShardOrdinal(1)
                        .setDoc(found.getHits(0).getDoc()))
                .build();
        assertThat(node.as("read").fetch(fetch).getContents(0).getSource().toStringUtf8())
                .isEqualTo("{\"title\":\"red red\"}");
        assertThatThrownBy(() -> node.as("read").fetch(fetch))
                .satisfies(failure ->
                        assertThat(ErrorWire.fromGrpc(failure).code()).isEqualTo(ErrorCode.RESOURCE_NOT_FOUND));
    }

    @Test
    void getIsRealTimeUnlessAskedOtherwise() {
        node.index.index(0, "new", "{\"title\":\"unrefreshed\"}");
        GetRequest realtime = GetRequest.newBuilder()
                .setShard(node.shard(0))
                .setId("new")
                .setRealtime(true)
                .build();
        GetResponse found = node.as("read").get(realtime);
        assertThat(found.getContent().getVersion()).isEqualTo(1);
        assertThat(found.getPossiblyStale()).isFalse();
        assertThat(node.as("read")
                        .get(realtime.toBuilder().setRealtime(false).build())
                        .getFound())
                .isFalse();
    }

    @Test
    void getAnswersFromTheCopyWhenTheLogIsSilent() {
        node.index.log(0).fallSilent();
        GetResponse found = node.as("read")
                .withDeadlineAfter(6, TimeUnit.SECONDS)
                .get(GetRequest.newBuilder()
                        .setShard(node.shard(0))
                        .setId("a")
                        .setRealtime(true)
                        .build());
        assertThat(found.getFound()).isTrue();
        assertThat(found.getPossiblyStale()).isTrue();
    }

    @Test
    void getIsNotAnsweredFromACopyThatWasBuiltAgainMeanwhile() throws Exception {
        GetRequest get = GetRequest.newBuilder()
                .setShard(node.shard(0))
                .setId("a")
                .setRealtime(true)
                .setStrong(true)
                .build();
        assertThat(codeOf(whileItsCopyIsBuiltAgain(stub -> stub.get(get)))).isEqualTo(ErrorCode.SHARD_NOT_AVAILABLE);
    }

    @Test
    void noScanIsOpenedAtACopyThatWasBuiltAgainMeanwhile() throws Exception {
        ScanRequest scan = ScanRequest.newBuilder()
                .setIndexUuid(node.shard(0).getIndexUuid())
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
                node.pool.execute(() -> awaitUnchecked(free));
            }
            await().until(() -> node.pool.active() == 2);
            ListenableFuture<T> answer = call.apply(node.futures("internal"));
            await().until(() -> node.pool.waiting() == 1);
            node.index.log(0).holdBack();
            ShardCopy trusted = Objects.requireNonNull(node.index.copy(0).copy());
            assertThat(node.index.copy(0).discard(trusted, "test").get(20, TimeUnit.SECONDS))
                    .isTrue();
            await().until(() -> node.index.copy(0).copy() != null);
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
    void stateTellsEveryCopyAtOnce() {
        NodeState state = node.as("internal")
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
        assertThat(RunningNode.refusal(() -> node.as("bad")
                        .search(node.index.request(RunningNode.red()).build())))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(RunningNode.refusal(() -> node.as("write")
                        .search(node.index.request(RunningNode.red()).build())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(RunningNode.refusal(() -> node.as("read").pullCatalog(PullCatalogRequest.getDefaultInstance())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }
}
