package io.elpis.aggregator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elpis.aggregator.cluster.FakeNode.Mood;
import io.elpis.aggregator.consistency.Reading;
import io.elpis.aggregator.document.DocumentCall;
import io.elpis.aggregator.merge.SearchPhaseException;
import io.elpis.aggregator.search.SearchResult;
import io.elpis.model.query.QueryNode;
import io.elpis.model.search.SearchRequest;
import io.elpis.model.search.SourceFilter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nodes that let others wait. */
final class SlowNodesTest {
    @Test
    void slowNodeIsOvertakenByAnotherCopyAndCancelled() {
        try (Cluster cluster = ThreeNodes.up()) {
            cluster.node(2).mood = new Mood.Stuck();
            await().until(() -> {
                assertThat(ThreeNodes.ids(cluster.search())).containsExactly("a", "b", "c");
                return !cluster.node(2).searches.isEmpty();
            });
            assertThat(cluster.count("elpis.aggregator.scatter.hedges")).isPositive();
            await().until(() ->
                    cluster.node(2).cancelled.size() == cluster.node(2).searches.size());
        }
    }

    @Test
    void deadlineTravelsToTheNodesAndEndsTheSearch() {
        try (Cluster cluster = ThreeNodes.up(Duration.ofMillis(400), 0)) {
            cluster.nodes.forEach(node -> node.mood = new Mood.Stuck());
            assertThatThrownBy(cluster::search)
                    .cause()
                    .isInstanceOfSatisfying(
                            SearchPhaseException.class,
                            failure -> assertThat(failure.coverage().timedOut()).isTrue());
            assertThat(cluster.nodes)
                    .anySatisfy(node -> assertThat(node.deadlinesMillis)
                            .isNotEmpty()
                            .allSatisfy(millis -> assertThat(millis).isBetween(0L, 400L)));
        }
    }

    /** A query that takes most of its time is no reason to give up on it half way, nor to leave its nodes alone. */
    @Test
    void slowQueryHasAllItsTimeAndOpensNoCircuit() {
        try (Cluster cluster = ThreeNodes.up(Duration.ofSeconds(20), 0)) {
            cluster.nodes.forEach(node -> node.mood = new Mood.Slow(Duration.ofMillis(1_300)));
            SearchResult slow = cluster.search(ThreeNodes.request(10, Duration.ofMillis(2_000), null));
            assertThat(ThreeNodes.ids(slow)).containsExactly("a", "b", "c");
            cluster.nodes.forEach(node -> node.mood = new Mood.Stuck());
            for (int i = 0; i < 6; i++) {
                assertThatThrownBy(() -> cluster.search(ThreeNodes.request(10, Duration.ofMillis(1), null)))
                        .cause()
                        .isInstanceOf(SearchPhaseException.class);
            }
            assertThat(cluster.count("elpis.aggregator.scatter.circuit.open")).isZero();
            cluster.nodes.forEach(node -> node.mood = new Mood.Sound());
            assertThat(ThreeNodes.ids(cluster.search())).containsExactly("a", "b", "c");
        }
    }

    @Test
    void nodeThatFallsSilentIsReplacedWithoutHedging() throws Exception {
        fallingSilent(
                node -> node.mood = new Mood.Stuck(),
                SearchRequest.of(new QueryNode.MatchAll(1f)),
                node -> !node.searches.isEmpty());
    }

    @Test
    void contentIsFetchedAgainWhenItsNodeFallsSilent() throws Exception {
        fallingSilent(
                node -> node.fetchesStall = true,
                ThreeNodes.request(5_000, null, null),
                node -> !node.fetches.isEmpty());
    }

    /** The second node stalls, and once it was asked says nothing any more; every search ends well all the same. */
    private static void fallingSilent(Consumer<FakeNode> stall, SearchRequest request, Predicate<FakeNode> asked)
            throws Exception {
        try (Cluster cluster = ThreeNodes.placed(new Cluster(3, 2, Duration.ofSeconds(20), 0, Duration.ofMillis(300)));
                var hearts = Executors.newSingleThreadScheduledExecutor()) {
            hearts.scheduleAtFixedRate(cluster.node(1)::tell, 0, 50, TimeUnit.MILLISECONDS);
            hearts.scheduleAtFixedRate(cluster.node(3)::tell, 0, 50, TimeUnit.MILLISECONDS);
            var second = hearts.scheduleAtFixedRate(cluster.node(2)::tell, 0, 50, TimeUnit.MILLISECONDS);
            cluster.up(4);
            stall.accept(cluster.node(2));
            List<CompletableFuture<SearchResult>> searches = IntStream.range(0, 8)
                    .mapToObj(_ -> cluster.searches.search(cluster.call(request)))
                    .toList();
            await().until(() -> asked.test(cluster.node(2)));
            second.cancel(false);
            for (CompletableFuture<SearchResult> search : searches) {
                assertThat(ThreeNodes.ids(search.get(10, TimeUnit.SECONDS))).containsExactly("a", "b", "c");
            }
        }
    }

    @Test
    void readOfASlowNodeIsAskedOfAnotherToo() {
        try (Cluster cluster = ThreeNodes.up()) {
            cluster.node(2).mood = new Mood.Stuck();
            DocumentCall call =
                    new DocumentCall("wiki", "a", null, true, SourceFilter.ALL, Reading.EVENTUAL, Cluster.TOKEN);
            await().until(() -> {
                cluster.documents.get(call).orTimeout(5, TimeUnit.SECONDS).join();
                return cluster.node(2).gets.get() > 0;
            });
            assertThat(cluster.count("elpis.aggregator.scatter.hedges")).isPositive();
        }
    }

    @Test
    void timeoutOfTheRequestGivesWhatThereIs() {
        try (Cluster cluster = ThreeNodes.up()) {
            cluster.node(1).mood = new Mood.Stuck();
            cluster.node(2).mood = new Mood.Stuck();
            SearchResult result = cluster.search(ThreeNodes.request(10, Duration.ofMillis(100), null));
            assertThat(result.page().coverage().timedOut()).isTrue();
            assertThat(ThreeNodes.ids(result)).containsExactly("b");
        }
    }

    @Test
    void nodeThatRanOutOfTimeIsReported() {
        try (Cluster cluster = ThreeNodes.up()) {
            cluster.nodes.forEach(node -> node.mood = new Mood.TimingOut());
            SearchResult result = cluster.search();
            assertThat(result.page().coverage().timedOut()).isTrue();
            assertThat(result.page().coverage().failures()).isEmpty();
        }
    }

    @Test
    void cancelledSearchIsCancelledOnTheNodes() {
        try (Cluster cluster = ThreeNodes.up(Duration.ofSeconds(20), 0)) {
            cluster.nodes.forEach(node -> node.mood = new Mood.Stuck());
            CompletableFuture<SearchResult> search =
                    cluster.searches.search(cluster.call(SearchRequest.of(new QueryNode.MatchAll(1f))));
            await().until(() -> cluster.nodes.stream().anyMatch(node -> !node.searches.isEmpty()));
            search.cancel(true);
            await().until(() -> cluster.nodes.stream().allMatch(node -> node.cancelled.size() == node.searches.size()));
        }
    }
}
