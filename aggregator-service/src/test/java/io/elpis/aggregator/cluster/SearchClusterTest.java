package io.elpis.aggregator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elpis.aggregator.cluster.FakeNode.Mood;
import io.elpis.aggregator.consistency.Reading;
import io.elpis.aggregator.document.DocumentCall;
import io.elpis.aggregator.search.SearchCall;
import io.elpis.aggregator.search.SearchResult;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.indices.IndicesOptions;
import io.elpis.model.indices.ShardLimit;
import io.elpis.model.query.QueryNode;
import io.elpis.model.search.SearchRequest;
import io.elpis.model.search.SourceFilter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SearchClusterTest {
    @Test
    void pageIsMergedOverAllShards() {
        try (Cluster cluster = ThreeNodes.up()) {
            SearchResult result = cluster.search();
            assertThat(ThreeNodes.ids(result)).containsExactly("a", "b", "c");
            assertThat(result.page().coverage().isComplete()).isTrue();
            assertThat(result.page().total().value()).isEqualTo(3);
            assertThat(result.page().maxScore()).isEqualTo(3f);
        }
    }

    @Test
    void eachNodeGetsOneCallWithTheCallersToken() {
        try (Cluster cluster = new Cluster(1, 3)) {
            for (int shard = 0; shard < 3; shard++) {
                cluster.node(1).holds(Cluster.shard(shard), ThreeNodes.A);
            }
            cluster.up(3).search();
            assertThat(cluster.node(1).searches).hasSize(1);
            assertThat(cluster.node(1).searches.getFirst().getShardsCount()).isEqualTo(3);
            assertThat(cluster.node(1).authorizations).containsExactly(Cluster.TOKEN);
        }
    }

    @Test
    void shardWithoutAnyCopyIsNamed() {
        try (Cluster cluster = new Cluster(1, 2)) {
            cluster.node(1).holds(Cluster.shard(0), ThreeNodes.A);
            SearchResult result = cluster.up(1).search();
            assertThat(result.page().coverage().failures())
                    .singleElement()
                    .extracting(failure -> failure.reason().reason())
                    .isEqualTo("shard wiki-1 has no copy that serves");
        }
    }

    @Test
    void deepPageIsFetchedInASecondRound() {
        try (Cluster cluster = ThreeNodes.up()) {
            SearchResult result = cluster.search(ThreeNodes.request(5_000, null, null));
            assertThat(ThreeNodes.ids(result)).containsExactly("a", "b", "c");
            assertThat(result.page().winners())
                    .allSatisfy(winner -> assertThat(winner.content()).isNotNull());
            assertThat(result.page().winners().getFirst().content())
                    .extracting(content -> content.getSource().toStringUtf8())
                    .isEqualTo("{\"t\":\"a\"}");
            assertThat(cluster.count("elpis.aggregator.fetch.rounds")).isEqualTo(1);
        }
    }

    @Test
    void unknownIndexIsNotFoundUnlessThatIsForgiven() {
        try (Cluster cluster = ThreeNodes.up()) {
            SearchRequest request = SearchRequest.of(new QueryNode.MatchAll(1f));
            assertThatThrownBy(() -> cluster.searches
                            .search(new SearchCall(
                                    "nope",
                                    IndicesOptions.DEFAULT,
                                    ShardLimit.NONE,
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
                            ShardLimit.NONE,
                            request,
                            Reading.EVENTUAL,
                            Cluster.TOKEN))
                    .join();
            assertThat(forgiven.page().coverage().total()).isZero();
        }
    }

    @Test
    void indexThatNodesKnowToBeGoneIsNotSearched() {
        try (Cluster cluster = ThreeNodes.up()) {
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
        try (Cluster cluster = ThreeNodes.up()) {
            assertThatThrownBy(() -> cluster.search(ThreeNodes.request(10_001, null, null)))
                    .cause()
                    .hasMessageStartingWith("Result window is too large, from + size must be less than or equal to:"
                            + " [10000] but was [10001]. See the scroll api");
        }
    }

    @Test
    void pageOfNoIndexMayNotBeDeeperThanAnyOther() {
        try (Cluster cluster = ThreeNodes.up()) {
            SearchRequest request = ThreeNodes.request(100_000_000, null, null);
            assertThatThrownBy(() -> cluster.searches
                            .search(new SearchCall(
                                    "nope*",
                                    IndicesOptions.DEFAULT,
                                    ShardLimit.NONE,
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
        try (Cluster cluster = ThreeNodes.up(Duration.ofSeconds(20), 0)) {
            cluster.nodes.forEach(node -> node.mood = new Mood.Stuck());
            SearchCall call = cluster.call(SearchRequest.of(new QueryNode.MatchAll(1f)));
            List<CompletableFuture<SearchResult>> running = IntStream.range(0, 16)
                    .mapToObj(_ -> cluster.searches.search(call))
                    .toList();
            assertThatThrownBy(() -> cluster.searches.search(call))
                    .isInstanceOfSatisfying(
                            ElpisException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS));
            running.forEach(search -> search.cancel(true));
            cluster.nodes.forEach(node -> node.mood = new Mood.Sound());
            assertThat(ThreeNodes.ids(cluster.search())).hasSize(3);
        }
    }
}
