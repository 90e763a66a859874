package io.elpis.aggregator.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.aggregator.plan.Indices;
import io.elpis.aggregator.plan.ShardTarget;
import io.elpis.aggregator.scatter.Gathered;
import io.elpis.aggregator.scatter.NodeAnswer;
import io.elpis.aggregator.scatter.ShardOutcome;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.QueryNode;
import io.elpis.model.result.TieHash;
import io.elpis.model.result.TotalHits;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.search.SearchRequest;
import io.elpis.protocol.node.Hit;
import io.elpis.protocol.node.NodeLoad;
import io.elpis.protocol.node.QueryNodeGrpc.QueryNodeStub;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.protocol.node.ShardAnswer;
import io.elpis.support.topology.LiveNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PageMergerTest {
    private static final SearchRequest ALL = SearchRequest.of(new QueryNode.MatchAll(1f));
    private final IndexMetadata index = Indices.index("wiki", 6);

    private record Found(int shard, String id, float score) {}

    /** Law: however shards are spread over nodes and whoever answers first, the page is that of one big shard. */
    @Test
    void pageDependsNeitherOnGroupingNorOnOrder() {
        for (long run = 0; run < 500; run++) {
            long seed = run;
            Random random = new Random(seed);
            List<Found> all = IntStream.range(0, random.nextInt(60))
                    .mapToObj(i -> new Found(random.nextInt(6), "doc-" + i, random.nextInt(4)))
                    .toList();
            List<NodeAnswer> answers = new ArrayList<>();
            List<Integer> shards = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
            Collections.shuffle(shards, random);
            for (int from = 0; from < 6; ) {
                int to = Math.min(6, from + 1 + random.nextInt(3));
                answers.add(answer(shards.subList(from, to), all));
                from = to;
            }
            Collections.shuffle(answers, random);
            Page page = PageMerger.merge(gathered(answers), ALL);
            assertThat(page.winners())
                    .as("seed %d", seed)
                    .extracting(winner -> winner.hit().getId())
                    .isEqualTo(best(all));
            assertThat(page.winners())
                    .as("seed %d", seed)
                    .allSatisfy(winner -> assertThat(winner.target().shard().shard())
                            .isEqualTo(all.stream()
                                    .filter(found ->
                                            found.id().equals(winner.hit().getId()))
                                    .findFirst()
                                    .orElseThrow()
                                    .shard()));
            assertThat(page.total().value()).isEqualTo(all.size());
        }
    }

    @Test
    void answersNotAcceptedAddNothing() {
        List<Found> all = List.of(new Found(0, "a", 2), new Found(1, "b", 1));
        NodeAnswer both = answer(List.of(0, 1), all);
        NodeAnswer late = new NodeAnswer(both.node(), both.response(), both.ordinals(), List.of(false, true));
        Page page = PageMerger.merge(gathered(List.of(answer(List.of(0), all), late)), ALL);
        assertThat(page.winners()).extracting(winner -> winner.hit().getId()).containsExactly("a", "b");
        assertThat(page.total()).isEqualTo(new TotalHits(2, TotalHits.Relation.EQUAL_TO));
    }

    @Test
    void roomIsMadeForWhatWasFoundOnly() {
        SearchRequest deep = ALL.but().size(Integer.MAX_VALUE).build();
        assertThat(PageMerger.merge(new Gathered(List.of(), List.of(), List.of()), deep)
                        .winners())
                .isEmpty();
    }

    @Test
    void missingShardsLowerCoverage() {
        ShardOutcome answered = new ShardOutcome.Answered("query-1", ShardAnswer.getDefaultInstance());
        ShardOutcome failed = new ShardOutcome.Failed("query-2", new ElpisException(ErrorCode.INTERNAL, "broken"));
        Coverage coverage = Coverage.of(new Gathered(
                targets().subList(0, 3), List.of(answered, failed, new ShardOutcome.TimedOut("query-3")), List.of()));
        assertThat(coverage.total()).isEqualTo(3);
        assertThat(coverage.successful()).isEqualTo(1);
        assertThat(coverage.timedOut()).isTrue();
        assertThat(coverage.failures())
                .extracting(failure -> failure.reason().reason())
                .containsExactly("broken", "shard wiki-2 did not answer in time");
    }

    private List<ShardTarget> targets() {
        return IntStream.range(0, 6)
                .mapToObj(shard -> new ShardTarget(index.shard(shard), index))
                .toList();
    }

    private Gathered gathered(List<NodeAnswer> answers) {
        List<ShardOutcome> outcomes =
                Collections.nCopies(6, new ShardOutcome.Answered("query-1", ShardAnswer.getDefaultInstance()));
        return new Gathered(targets(), outcomes, answers);
    }

    private static NodeAnswer answer(List<Integer> shards, List<Found> all) {
        SearchResponse.Builder response = SearchResponse.newBuilder();
        for (int shard : shards) {
            response.addShards(ShardAnswer.newBuilder()
                    .setTotalHits(
                            all.stream().filter(found -> found.shard() == shard).count()));
        }
        all.stream()
                .filter(found -> shards.contains(found.shard()))
                .sorted(ORDER)
                .limit(ALL.top())
                .forEach(found -> response.addHits(Hit.newBuilder()
                        .setShardOrdinal(shards.indexOf(found.shard()))
                        .setId(found.id())
                        .setScore(found.score())
                        .setTie(TieHash.of(found.id()))));
        return new NodeAnswer(new Nobody(), response.build(), shards, Collections.nCopies(shards.size(), Boolean.TRUE));
    }

    private static final Comparator<Found> ORDER = Comparator.comparing(Found::score)
            .reversed()
            .thenComparing(found -> TieHash.of(found.id()), Long::compareUnsigned);

    private static List<String> best(List<Found> all) {
        return all.stream().sorted(ORDER).limit(10).map(Found::id).toList();
    }

    private record Nobody() implements LiveNode {
        @Override
        public String name() {
            return "query-1";
        }

        @Override
        public String zone() {
            return "zone-a";
        }

        @Override
        public boolean silent() {
            return false;
        }

        @Override
        public NodeLoad load() {
            return NodeLoad.getDefaultInstance();
        }

        @Override
        public QueryNodeStub stub() {
            throw new UnsupportedOperationException();
        }
    }
}
