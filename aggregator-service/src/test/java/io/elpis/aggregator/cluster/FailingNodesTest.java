package io.elpis.aggregator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elpis.aggregator.cluster.FakeNode.Mood;
import io.elpis.aggregator.merge.SearchPhaseException;
import io.elpis.aggregator.search.SearchResult;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.QueryNode;
import io.elpis.model.search.SearchRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Nodes that answer with errors, or that are gone. */
final class FailingNodesTest {
    @Test
    void failedNodeIsReplacedByAnotherCopy() {
        try (Cluster cluster = ThreeNodes.up()) {
            cluster.node(2).mood = new Mood.Failing(Status.UNAVAILABLE.asRuntimeException());
            for (int i = 0; i < 20; i++) {
                SearchResult result = cluster.search();
                assertThat(ThreeNodes.ids(result)).containsExactly("a", "b", "c");
                assertThat(result.page().coverage().isComplete()).isTrue();
            }
        }
    }

    @Test
    void nodeDyingMidCallIsReplacedByAnotherCopy() {
        try (Cluster cluster = ThreeNodes.up(Duration.ofSeconds(20), 0)) {
            cluster.node(2).mood = new Mood.Stuck();
            CompletableFuture<SearchResult> search =
                    cluster.searches.search(cluster.call(SearchRequest.of(new QueryNode.MatchAll(1f))));
            boolean asked = !cluster.node(2).searches.isEmpty()
                    || await().until(() -> !cluster.node(2).searches.isEmpty() || search.isDone(), done -> done);
            assertThat(asked).isTrue();
            cluster.node(2).dies();
            assertThat(ThreeNodes.ids(search.join())).containsExactly("a", "b", "c");
            assertThat(search.join().page().coverage().isComplete()).isTrue();
        }
    }

    @Test
    void failingNodeIsLeftAloneOnceItsCircuitIsOpen() {
        try (Cluster cluster = ThreeNodes.up()) {
            cluster.node(2).mood = new Mood.Failing(Status.INTERNAL.asRuntimeException());
            await().until(() -> {
                cluster.search();
                return cluster.count("elpis.aggregator.scatter.circuit.open") > 0;
            });
            int asked = cluster.node(2).searches.size();
            for (int i = 0; i < 10; i++) {
                assertThat(cluster.search().page().coverage().isComplete()).isTrue();
            }
            assertThat(cluster.node(2).searches).hasSize(asked);
        }
    }

    @Test
    void shardThatFailsOnOneNodeIsAskedOfAnother() {
        try (Cluster cluster = ThreeNodes.up()) {
            cluster.node(2).mood =
                    new Mood.ShardsFailing(new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, "not here any more"));
            for (int i = 0; i < 10; i++) {
                assertThat(ThreeNodes.ids(cluster.search())).containsExactly("a", "b", "c");
            }
        }
    }

    @Test
    void withoutACopyLeftShardsFailWithAReason() {
        try (Cluster cluster = ThreeNodes.up()) {
            cluster.node(1).mood = new Mood.Failing(
                    Status.UNAVAILABLE.withDescription("on fire").asRuntimeException());
            cluster.node(2).mood = cluster.node(1).mood;
            SearchResult result = cluster.search();
            assertThat(ThreeNodes.ids(result)).containsExactly("b");
            assertThat(result.page().coverage().successful()).isEqualTo(1);
            assertThat(result.page().coverage().failures()).singleElement().satisfies(failure -> {
                assertThat(failure.target().shard()).isEqualTo(Cluster.shard(0));
                assertThat(failure.reason().reason()).contains("on fire");
            });
        }
    }

    @Test
    void whenAllShardsFailTheSearchFails() {
        try (Cluster cluster = ThreeNodes.up()) {
            cluster.nodes.forEach(node -> node.mood = new Mood.Failing(Status.UNAVAILABLE.asRuntimeException()));
            assertThatThrownBy(cluster::search)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(SearchPhaseException.class, failure -> {
                        assertThat(failure.reason()).isEqualTo("all shards failed");
                        assertThat(failure.httpStatus()).isEqualTo(503);
                    });
        }
    }

    @Test
    void partialResultsCanBeRefused() {
        try (Cluster cluster = ThreeNodes.up()) {
            cluster.node(1).mood = new Mood.Failing(Status.UNAVAILABLE.asRuntimeException());
            cluster.node(2).mood = cluster.node(1).mood;
            assertThatThrownBy(() -> cluster.search(ThreeNodes.request(10, null, false)))
                    .cause()
                    .isInstanceOfSatisfying(
                            SearchPhaseException.class,
                            failure -> assertThat(failure.reason()).isEqualTo("Partial shards failure"));
        }
    }

    @Test
    void mistakeInTheRequestIsNotRetriedAndIsTheCallers() {
        try (Cluster cluster = ThreeNodes.up(Duration.ofSeconds(20), 0)) {
            ElpisException mistake = new ElpisException(ErrorCode.QUERY_SHARD, "no mapping found for [x]");
            cluster.nodes.forEach(node -> node.mood = new Mood.ShardsFailing(mistake));
            assertThatThrownBy(cluster::search)
                    .cause()
                    .isInstanceOfSatisfying(
                            SearchPhaseException.class,
                            failure -> assertThat(failure.httpStatus()).isEqualTo(400));
            assertThat(cluster.nodes.stream()
                            .mapToInt(node -> node.searches.size())
                            .sum())
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void answerTooLargeToHoldIsNotAskedOfAnotherCopy() {
        try (Cluster cluster = ThreeNodes.up(Duration.ofSeconds(20), 0)) {
            ElpisException tooLarge = new ElpisException(ErrorCode.CIRCUIT_BREAKING, "larger than the limit");
            cluster.nodes.forEach(node -> node.mood = new Mood.Failing(tooLarge));
            assertThatThrownBy(cluster::search)
                    .cause()
                    .isInstanceOfSatisfying(
                            SearchPhaseException.class,
                            failure -> assertThat(failure.httpStatus()).isEqualTo(429));
            assertThat(cluster.nodes.stream()
                            .mapToInt(node -> node.searches.size())
                            .sum())
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void whenReadersAreGoneTheSearchIsRepeatedOnce() {
        try (Cluster cluster = ThreeNodes.up()) {
            cluster.nodes.forEach(node -> node.losesLeases = true);
            SearchResult result = cluster.search(ThreeNodes.request(5_000, null, null));
            assertThat(ThreeNodes.ids(result)).containsExactly("a", "b", "c");
            assertThat(result.page().winners())
                    .allSatisfy(winner -> assertThat(winner.content()).isNotNull());
        }
    }

    @Test
    void searchesAreRepeatedForLostReadersOnlyWithinTheBudget() {
        try (Cluster cluster = ThreeNodes.up()) {
            cluster.nodes.forEach(node -> node.losesLeases = true);
            int repeated = 0;
            try {
                for (; repeated < 200; repeated++) {
                    cluster.search(ThreeNodes.request(5_000, null, null));
                }
            } catch (CompletionException e) {
                assertThat(e.getCause())
                        .isInstanceOfSatisfying(
                                ElpisException.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SHARD_NOT_AVAILABLE));
            }
            assertThat(repeated).isBetween(50, 100);
        }
    }
}
