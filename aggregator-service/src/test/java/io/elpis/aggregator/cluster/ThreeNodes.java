package io.elpis.aggregator.cluster;

import io.elpis.aggregator.cluster.FakeNode.Document;
import io.elpis.aggregator.search.SearchResult;
import io.elpis.model.query.QueryNode;
import io.elpis.model.search.SearchRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two shards, each on two of three nodes. */
final class ThreeNodes {
    static final Document A = new Document("a", 3f, "{\"t\":\"a\"}");
    static final Document B = new Document("b", 2f, "{\"t\":\"b\"}");
    static final Document C = new Document("c", 1f, "{\"t\":\"c\"}");

    private ThreeNodes() {}

    static Cluster up() {
        return up(Duration.ofSeconds(20), 20);
    }

    static Cluster up(Duration deadline, int hedges) {
        return placed(new Cluster(3, 2, deadline, hedges)).up(4);
    }

    static Cluster placed(Cluster cluster) {
        cluster.node(1).holds(Cluster.shard(0), A, C);
        cluster.node(2).holds(Cluster.shard(0), A, C);
        cluster.node(2).holds(Cluster.shard(1), B);
        cluster.node(3).holds(Cluster.shard(1), B);
        return cluster;
    }

    static List<String> ids(SearchResult result) {
        return result.page().winners().stream()
                .map(winner -> winner.hit().getId())
                .toList();
    }

    static SearchRequest request(int size, @Nullable Duration timeout, @Nullable Boolean partial) {
        return SearchRequest.of(new QueryNode.MatchAll(1f))
                .but()
                .size(size)
                .timeout(timeout)
                .allowPartialResults(partial)
                .build();
    }
}
