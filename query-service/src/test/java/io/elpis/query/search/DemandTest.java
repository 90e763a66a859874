package io.elpis.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.QueryNode;
import io.elpis.protocol.node.GetRequest;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.protocol.node.ShardWire;
import io.elpis.query.replica.ShardCopy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read is held against what its reader has waited for. */
final class DemandTest {
    @TempDir
    Path directory;

    private TestIndex index;
    private long visible;

    @BeforeEach
    void open() throws Exception {
        index = new TestIndex(directory, 2, "{\"properties\":{\"title\":{\"type\":\"text\"}}}")
                .index(0, "a", "{\"title\":\"red\"}")
                .index(1, "b", "{\"title\":\"red\"}")
                .refresh();
        index.copy(0).refreshEvery(Duration.ofHours(1));
        visible = index.log(0).end();
    }

    @AfterEach
    void close() {
        index.close();
    }

    private Demand demand(long generation, long offset) {
        return new Demand(index.shard(0), generation, offset, "a test has to see");
    }

    private ShardCopy copy() {
        return Objects.requireNonNull(index.copy(0).serving());
    }

    private static void assertBehind(ThrowingCallable read) {
        Assertions.assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        ElpisException.class, told -> assertThat(told.code()).isEqualTo(ErrorCode.COPY_BEHIND));
    }

    @Test
    void searchFailsTheShardWhoseViewIsBehindAndNoOther() {
        SearchRequest request = index.request(io.elpis.model.search.SearchRequest.of(new QueryNode.MatchAll(1f)))
                .build();
        SearchResponse reached = index.search(request, Map.of(0, new Readiness.Ready(demand(1, visible))));
        assertThat(TestIndex.ids(reached)).containsExactlyInAnyOrder("a", "b");
        SearchResponse behind = index.search(request, Map.of(0, new Readiness.Ready(demand(1, visible + 1))));
        assertThat(behind.getHitsList()).extracting(hit -> hit.getId()).containsExactly("b");
        assertThat(behind.getShards(0).getFailure().getCode()).isEqualTo("COPY_BEHIND");
        assertThat(behind.getShards(0).getFailure().getReason())
                .contains("this copy shows up to " + visible + ", 1 records less");
        assertThat(behind.getShards(1).hasFailure()).isFalse();
    }

    @Test
    void offsetsOfAnotherGenerationDoNotCount() {
        assertBehind(() -> demand(2, 0).checkApplied(copy()));
        assertBehind(() -> demand(2, 0).acquire(copy()));
    }

    @Test
    void whatIsAppliedAndNotVisibleIsEnoughForRealTimeReadsOnly() throws Exception {
        index.index(0, "c", "{\"title\":\"red\"}");
        Demand demand = demand(1, visible + 1);
        index.copy(0).catchUp().applied(visible + 1, Duration.ofSeconds(10)).join();
        GetRequest get = GetRequest.newBuilder()
                .setShard(ShardWire.write(index.shard(0)))
                .setId("c")
                .build();
        assertThat(NodeGet.get(copy(), demand, get.toBuilder().setRealtime(true).build())
                        .getFound())
                .isTrue();
        assertBehind(() -> NodeGet.get(copy(), demand, get));
        assertBehind(() -> NodeGet.get(
                copy(),
                demand(1, visible + 2),
                get.toBuilder().setRealtime(true).build()));
    }
}
