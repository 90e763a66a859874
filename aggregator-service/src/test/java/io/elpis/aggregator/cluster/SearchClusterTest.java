package io.elpis.aggregator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elpis.aggregator.cluster.FakeNode.Document;
import io.elpis.aggregator.cluster.FakeNode.Mood;
import io.elpis.aggregator.consistency.Reading;
import io.elpis.aggregator.document.DocumentCall;
import io.elpis.aggregator.merge.SearchPhaseException;
import io.elpis.aggregator.plan.IndicesOptions;
import io.elpis.aggregator.search.SearchCall;
import io.elpis.aggregator.search.SearchResult;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.QueryNode;
import io.elpis.model.search.SearchRequest;
import io.elpis.model.search.SourceFilter;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SearchClusterTest {
    private static final Document A = new Document("a", 3f, "{\"t\":\"a\"}");
    private static final Document B = new Document("b", 2f, "{\"t\":\"b\"}");
    private static final Document C = new Document("c", 1f, "{\"t\":\"c\"}");

    /** Two shards, each on two of three nodes. */
    private static Cluster threeNodes(Duration deadline, int hedges) {
        Cluster cluster = new Cluster(3, 2, deadline, hedges);
        cluster.node(1).holds(Cluster.shard(0), A, C);
        cluster.node(2).holds(Cluster.shard(0), A, C);
        cluster.node(2).holds(Cluster.shard(1), B);
        cluster.node(3).holds(Cluster.shard(1), B);
        return cluster.up(4);
    }

    private static Cluster threeNodes() {
        return threeNodes(Duration.ofSeconds(20), 20);
    }

    private static List<String> ids(SearchResult result) {
        return result.page().winners().stream()
                .map(winner -> winner.hit().getId())
                .toList();
    }

    @Test
    void pageIsMergedOverAllShards() {
        try (Cluster cluster = threeNodes()) {
            SearchResult result = cluster.search();
            assertThat(ids(result)).containsExactly("a", "b", "c");
            assertThat(result.page().coverage().isComplete()).isTrue();
            assertThat(result.page().total().value()).isEqualTo(3);
            assertThat(result.page().maxScore()).isEqualTo(3f);
        }
    }

    @Test
    void eachNodeGetsOneCallWithTheCallersToken() {
        try (Cluster cluster = new Cluster(1, 3)) {
            for (int shard = 0; shard < 3; shard++) {
                cluster.node(1).holds(Cluster.shard(shard), A);
            }
            cluster.up(3).search();
            assertThat(cluster.node(1).searches).hasSize(1);
            assertThat(cluster.node(1).searches.getFirst().getShardsCount()).isEqualTo(3);
            assertThat(cluster.node(1).authorizations).containsExactly(Cluster.TOKEN);
        }
    }

    @Test
    void failedNodeIsReplacedByAnotherCopy() {
        try (Cluster cluster = threeNodes()) {
            cluster.node(2).mood = new Mood.Failing(Status.UNAVAILABLE.asRuntimeException());
            for (int i = 0; i < 20; i++) {
                SearchResult result = cluster.search();
                assertThat(ids(result)).containsExactly("a", "b", "c");
                assertThat(result.page().coverage().isComplete()).isTrue();
            }
        }
    }

    @Test
    void nodeDyingMidCallIsReplacedByAnotherCopy() {
        try (Cluster cluster = threeNodes(Duration.ofSeconds(20), 0)) {
            cluster.node(2).mood = new Mood.Stuck();
            CompletableFuture<SearchResult> search =
                    cluster.searches.search(cluster.call(SearchRequest.of(new QueryNode.MatchAll(1f))));
            boolean asked = !cluster.node(2).searches.isEmpty()
                    || await().until(() -> !cluster.node(2).searches.isEmpty() || search.isDone(), done -> done);
            assertThat(asked).isTrue();
            cluster.node(2).dies();
            assertThat(ids(search.join())).containsExactly("a", "b", "c");
            assertThat(search.join().page().coverage().isComplete()).isTrue();
        }
    }

    @Test
    void failingNodeIsLeftAloneOnceItsCircuitIsOpen() {
        try (Cluster cluster = threeNodes()) {
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
    void slowNodeIsOvertakenByAnotherCopyAndCancelled() {
        try (Cluster cluster = threeNodes()) {
            cluster.node(2).mood = new Mood.Stuck();
            await().until(() -> {
                assertThat(ids(cluster.search())).containsExactly("a", "b", "c");
                return !cluster.node(2).searches.isEmpty();
            });
            assertThat(cluster.count("elpis.aggregator.scatter.hedges")).isPositive();
            await().until(() ->
                    cluster.node(2).cancelled.size() == cluster.node(2).searches.size());
        }
    }

    @Test
    void withoutACopyLeftShardsFailWithAReason() {
        try (Cluster cluster = threeNodes()) {
            cluster.node(1).mood = new Mood.Failing(
                    Status.UNAVAILABLE.withDescription("on fire").asRuntimeException());
            cluster.node(2).mood = cluster.node(1).mood;
            SearchResult result = cluster.search();
            assertThat(ids(result)).containsExactly("b");
            assertThat(result.page().coverage().successful()).isEqualTo(1);
            assertThat(result.page().coverage().failures()).singleElement().satisfies(failure -> {
                assertThat(failure.target().shard()).isEqualTo(Cluster.shard(0));
                assertThat(failure.reason().reason()).contains("on fire");
            });
        }
    }

    @Test
    void shardWithoutAnyCopyIsNamed() {
        try (Cluster cluster = new Cluster(1, 2)) {
            cluster.node(1).holds(Cluster.shard(0), A);
            SearchResult result = cluster.up(1).search();
            assertThat(result.page().coverage().failures())
                    .singleElement()
                    .extracting(failure -> failure.reason().reason())
                    .isEqualTo("shard wiki-1 has no copy that serves");
        }
    }

    @Test
    void whenAllShardsFailTheSearchFails() {
        try (Cluster cluster = threeNodes()) {
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
    void mistakeInTheRequestIsNotRetriedAndIsTheCallers() {
        try (Cluster cluster = threeNodes(Duration.ofSeconds(20), 0)) {
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
        try (Cluster cluster = threeNodes(Duration.ofSeconds(20), 0)) {
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
    void shardThatFailsOnOneNodeIsAskedOfAnother() {
        try (Cluster cluster = threeNodes()) {
            cluster.node(2).mood =
                    new Mood.ShardsFailing(new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, "not here any more"));
            for (int i = 0; i < 10; i++) {
                assertThat(ids(cluster.search())).containsExactly("a", "b", "c");
            }
        }
    }

    @Test
    void partialResultsCanBeRefused() {
        try (Cluster cluster = threeNodes()) {
            cluster.node(1).mood = new Mood.Failing(Status.UNAVAILABLE.asRuntimeException());
            cluster.node(2).mood = cluster.node(1).mood;
            assertThatThrownBy(() -> cluster.search(request(10, null, false)))
                    .cause()
                    .isInstanceOfSatisfying(
                            SearchPhaseException.class,
                            failure -> assertThat(failure.reason()).isEqualTo("Partial shards failure"));
        }
    }

    @Test
    void deadlineTravelsToTheNodesAndEndsTheSearch() {
        try (Cluster cluster = threeNodes(Duration.ofMillis(400), 0)) {
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
        try (Cluster cluster = threeNodes(Duration.ofSeconds(20), 0)) {
            cluster.nodes.forEach(node -> node.mood = new Mood.Slow(Duration.ofMillis(1_300)));
            SearchResult slow = cluster.search(request(10, Duration.ofMillis(2_000), null));
            assertThat(ids(slow)).containsExactly("a", "b", "c");
            cluster.nodes.forEach(node -> node.mood = new Mood.Stuck());
            for (int i = 0; i < 6; i++) {
                assertThatThrownBy(() -> cluster.search(request(10, Duration.ofMillis(1), null)))
                        .cause()
                        .isInstanceOf(SearchPhaseException.class);
            }
            assertThat(cluster.count("elpis.aggregator.scatter.circuit.open")).isZero();
            cluster.nodes.forEach(node -> node.mood = new Mood.Sound());
            assertThat(ids(cluster.search())).containsExactly("a", "b", "c");
        }
    }

    @Test
    void nodeThatFallsSilentIsReplacedWithoutHedging() throws Exception {
        try (Cluster cluster = new Cluster(3, 2, Duration.ofSeconds(20), 0, Duration.ofMillis(300));
                var hearts = Executors.newSingleThreadScheduledExecutor()) {
            cluster.node(1).holds(Cluster.shard(0), A, C);
            cluster.node(2).holds(Cluster.shard(0), A, C);
            cluster.node(2).holds(Cluster.shard(1), B);
            cluster.node(3).holds(Cluster.shard(1), B);
            hearts.scheduleAtFixedRate(cluster.node(1)::tell, 0, 50, TimeUnit.MILLISECONDS);
            hearts.scheduleAtFixedRate(cluster.node(3)::tell, 0, 50, TimeUnit.MILLISECONDS);
            var second = hearts.scheduleAtFixedRate(cluster.node(2)::tell, 0, 50, TimeUnit.MILLISECONDS);
            cluster.up(4);
            cluster.node(2).mood = new Mood.Stuck();
            List<CompletableFuture<SearchResult>> searches = java.util.stream.IntStream.range(0, 8)
                    .mapToObj(_ -> cluster.searches.search(cluster.call(SearchRequest.of(new QueryNode.MatchAll(1f)))))
                    .toList();
            await().until(() -> !cluster.node(2).searches.isEmpty());
            second.cancel(false);
            for (CompletableFuture<SearchResult> search : searches) {
                assertThat(ids(search.get(10, TimeUnit.SECONDS))).containsExactly("a", "b", "c");
            }
        }
    }

    @Test
    void timeoutOfTheRequestGivesWhatThereIs() {
        try (Cluster cluster = threeNodes()) {
            cluster.node(1).mood = new Mood.Stuck();
            cluster.node(2).mood = new Mood.Stuck();
            SearchResult result = cluster.search(request(10, Duration.ofMillis(100), null));
            assertThat(result.page().coverage().timedOut()).isTrue();
            assertThat(ids(result)).containsExactly("b");
        }
    }

    @Test
    void nodeThatRanOutOfTimeIsReported() {
        try (Cluster cluster = threeNodes()) {
            cluster.nodes.forEach(node -> node.mood = new Mood.TimingOut());
            SearchResult result = cluster.search();
            assertThat(result.page().coverage().timedOut()).isTrue();
            assertThat(result.page().coverage().failures()).isEmpty();
        }
    }

    @Test
    void cancelledSearchIsCancelledOnTheNodes() {
        try (Cluster cluster = threeNodes(Duration.ofSeconds(20), 0)) {
            cluster.nodes.forEach(node -> node.mood = new Mood.Stuck());
            CompletableFuture<SearchResult> search =
                    cluster.searches.search(cluster.call(SearchRequest.of(new QueryNode.MatchAll(1f))));
            await().until(() -> cluster.nodes.stream().anyMatch(node -> !node.searches.isEmpty()));
            search.cancel(true);
            await().until(() -> cluster.nodes.stream().allMatch(node -> node.cancelled.size() == node.searches.size()));
        }
    }

    @Test
    void deepPageIsFetchedInASecondRound() {
        try (Cluster cluster = threeNodes()) {
            SearchResult result = cluster.search(request(5_000, null, null));
            assertThat(ids(result)).containsExactly("a", "b", "c");
            assertThat(result.page().winners())
                    .allSatisfy(winner -> assertThat(winner.content()).isNotNull());
            assertThat(result.page().winners().getFirst().content())
                    .extracting(content -> content.getSource().toStringUtf8())
                    .isEqualTo("{\"t\":\"a\"}");
            assertThat(cluster.count("elpis.aggregator.fetch.rounds")).isEqualTo(1);
        }
    }

    @Test
    void whenReadersAreGoneTheSearchIsRepeatedOnce() {
        try (Cluster cluster = threeNodes()) {
            cluster.nodes.forEach(node -> node.losesLeases = true);
            SearchResult result = cluster.search(request(5_000, null, null));
            assertThat(ids(result)).containsExactly("a", "b", "c");
            assertThat(result.page().winners())
                    .allSatisfy(winner -> assertThat(winner.content()).isNotNull());
        }
    }

    @Test
    void searchesAreRepeatedForLostReadersOnlyWithinTheBudget() {
        try (Cluster cluster = threeNodes()) {
            cluster.nodes.forEach(node -> node.losesLeases = true);
            int repeated = 0;
            try {
                for (; repeated < 200; repeated++) {
                    cluster.search(request(5_000, null, null));
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

    @Test
    void contentIsFetchedAgainWhenItsNodeFallsSilent() throws Exception {
        try (Cluster cluster = new Cluster(3, 2, Duration.ofSeconds(20), 0, Duration.ofMillis(300));
                var hearts = Executors.newSingleThreadScheduledExecutor()) {
            cluster.node(1).holds(Cluster.shard(0), A, C);
            cluster.node(2).holds(Cluster.shard(0), A, C);
            cluster.node(2).holds(Cluster.shard(1), B);
            cluster.node(3).holds(Cluster.shard(1), B);
            hearts.scheduleAtFixedRate(cluster.node(1)::tell, 0, 50, TimeUnit.MILLISECONDS);
            hearts.scheduleAtFixedRate(cluster.node(3)::tell, 0, 50, TimeUnit.MILLISECONDS);
            var second = hearts.scheduleAtFixedRate(cluster.node(2)::tell, 0, 50, TimeUnit.MILLISECONDS);
            cluster.up(4);
            cluster.node(2).fetchesStall = true;
            List<CompletableFuture<SearchResult>> searches = java.util.stream.IntStream.range(0, 8)
                    .mapToObj(_ -> cluster.searches.search(cluster.call(request(5_000, null, null))))
                    .toList();
            await().until(() -> !cluster.node(2).fetches.isEmpty());
            second.cancel(false);
            for (CompletableFuture<SearchResult> search : searches) {
                assertThat(ids(search.get(10, TimeUnit.SECONDS))).containsExactly("a", "b", "c");
            }
        }
    }

    @Test
    void readOfASlowNodeIsAskedOfAnotherToo() {
        try (Cluster cluster = threeNodes()) {
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
    void unknownIndexIsNotFoundUnlessThatIsForgiven() {
        try (Cluster cluster = threeNodes()) {
            SearchRequest request = SearchRequest.of(new QueryNode.MatchAll(1f));
            assertThatThrownBy(() -> cluster.searches
                            .search(new SearchCall(
                                    "nope",
                                    IndicesOptions.DEFAULT,
                                    List.of(),
                                    request,
                                    Reading.EVENTUAL,
                                    Cluster.TOKEN))
                            .join())
                    .cause()
                    .isInstanceOfSatisfying(ElpisException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.INDEX_NOT_FOUND);
                        assertThat(failure.reason()).isEqualTo("no such index [nope]");
                    });
            SearchResult forgiven = cluster.searches
                    .search(new SearchCall(
                            "nope",
                            new IndicesOptions(true, true, true),
                            List.of(),
                            request,
                            Reading.EVENTUAL,
                            Cluster.TOKEN))
                    .join();
            assertThat(forgiven.page().coverage().total()).isZero();
        }
    }

    @Test
    void indexThatNodesKnowToBeGoneIsNotSearched() {
        try (Cluster cluster = threeNodes()) {
            CompletableFuture<Void> pulls = new CompletableFuture<>();
            cluster.nodes.forEach(node -> node.pulls = pulls);
            cluster.deletesWiki();
            await().until(() -> cluster.shardMap.current().catalogVersion() == 2);
            CompletableFuture<SearchResult> search =
                    cluster.searches.search(cluster.call(SearchRequest.of(new QueryNode.MatchAll(1f))));
            var read = cluster.documents.get(
                    new DocumentCall("wiki", "a", null, true, SourceFilter.ALL, Reading.EVENTUAL, Cluster.TOKEN));
            assertThat(search).isNotDone();
            assertThat(read).isNotDone();
            pulls.complete(null);
            for (CompletableFuture<?> request : List.of(search, read)) {
                assertThatThrownBy(request::join)
                        .cause()
                        .isInstanceOfSatisfying(
                                ElpisException.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INDEX_NOT_FOUND));
            }
            assertThat(cluster.nodes)
                    .allSatisfy(node -> assertThat(node.searches).isEmpty());
        }
    }

    @Test
    void tooDeepAPageIsRefused() {
        try (Cluster cluster = threeNodes()) {
            assertThatThrownBy(() -> cluster.search(request(10_001, null, null)))
                    .cause()
                    .hasMessageStartingWith("Result window is too large, from + size must be less than or equal to:"
                            + " [10000] but was [10001]. See the scroll api");
        }
    }

    @Test
    void pageOfNoIndexMayNotBeDeeperThanAnyOther() {
        try (Cluster cluster = threeNodes()) {
            SearchRequest request = request(100_000_000, null, null);
            assertThatThrownBy(() -> cluster.searches
                            .search(new SearchCall(
                                    "nope*",
                                    IndicesOptions.DEFAULT,
                                    List.of(),
                                    request,
                                    Reading.EVENTUAL,
                                    Cluster.TOKEN))
                            .join())
                    .cause()
                    .hasMessageStartingWith("Result window is too large");
        }
    }

    @Test
    void tooManySearchesAtOnceAreRefused() {
        try (Cluster cluster = threeNodes(Duration.ofSeconds(20), 0)) {
            cluster.nodes.forEach(node -> node.mood = new Mood.Stuck());
            SearchCall call = cluster.call(SearchRequest.of(new QueryNode.MatchAll(1f)));
            List<CompletableFuture<SearchResult>> running = java.util.stream.IntStream.range(0, 16)
                    .mapToObj(_ -> cluster.searches.search(call))
                    .toList();
            assertThatThrownBy(() -> cluster.searches.search(call))
                    .isInstanceOfSatisfying(
                            ElpisException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS));
            running.forEach(search -> search.cancel(true));
            cluster.nodes.forEach(node -> node.mood = new Mood.Sound());
            assertThat(ids(cluster.search())).hasSize(3);
        }
    }

    private static SearchRequest request(int size, @Nullable Duration timeout, @Nullable Boolean partial) {
        return SearchRequest.of(new QueryNode.MatchAll(1f))
                .but()
                .size(size)
                .timeout(timeout)
                .allowPartialResults(partial)
                .build();
    }
}
