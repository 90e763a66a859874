package io.elpis.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.query.Operator;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.ZeroTerms;
import io.elpis.model.result.TieHash;
import io.elpis.model.search.SearchRequest;
import io.elpis.model.search.SortKey;
import io.elpis.model.search.SortOrder;
import io.elpis.protocol.node.SearchResponse;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of one log answer alike, however differently their segments lie. */
final class TieBreakTest {
    private static final String MAPPING =
            "{\"properties\":{\"text\":{\"type\":\"text\"},\"group\":{\"type\":\"integer\"}}}";
    private static final int DOCUMENTS = 400;

    @TempDir
    Path first;

    @TempDir
    Path second;

    @Test
    void segmentLayoutDoesNotShowInAnyPage() throws Exception {
        long seed = Long.getLong("elpis.seed", 4711);
        try (TestIndex often = filled(first, seed, 20);
                TestIndex once = filled(second, seed, DOCUMENTS)) {
            for (QueryNode query :
                    List.of(new QueryNode.MatchAll(1f), match("common"), match("common rare"), match("word1 word2"))) {
                for (int top : List.of(1, 7, 30)) {
                    for (int count : List.of(0, 10, SearchRequest.TRACK_EXACTLY)) {
                        SearchRequest request = request(query, top, count, List.of());
                        assertThat(TestIndex.ids(often.search(request)))
                                .as("seed %d, %s, top %d, counting %d", seed, query, top, count)
                                .isEqualTo(TestIndex.ids(once.search(request)));
                    }
                }
            }
        }
    }

    @Test
    void pagesAreThePrefixOfTheWholeOrder() throws Exception {
        try (TestIndex index = filled(first, 99, 50)) {
            List<String> expected = IntStream.range(0, DOCUMENTS)
                    .mapToObj(at -> "id" + at)
                    .sorted(Comparator.comparing(TieHash::of, Long::compareUnsigned))
                    .toList();
            SearchRequest request = request(new QueryNode.MatchAll(1f), 25, 10, List.of());
            assertThat(TestIndex.ids(index.search(request))).isEqualTo(expected.subList(0, 25));
        }
    }

    @Test
    void fieldSortBreaksTiesAlike() throws Exception {
        List<SortKey> sort = List.of(SortKey.ByField.of("group", SortOrder.DESC));
        try (TestIndex often = filled(first, 5, 20);
                TestIndex once = filled(second, 5, DOCUMENTS)) {
            SearchRequest request = request(match("common"), 17, 10, sort);
            SearchResponse response = often.search(request);
            assertThat(TestIndex.ids(response)).isEqualTo(TestIndex.ids(once.search(request)));
            assertThat(response.getHits(0).getSort(0).getWhole()).isEqualTo(4);
        }
    }

    private static TestIndex filled(Path directory, long seed, int refreshEvery) throws Exception {
        Random random = new Random(seed);
        TestIndex index = new TestIndex(directory, 2, MAPPING);
        for (int at = 0; at < DOCUMENTS; at++) {
            String words = "common word" + random.nextInt(4) + (random.nextInt(10) == 0 ? " rare" : "");
            index.index(at % 2, "id" + at, "{\"text\":\"" + words + "\",\"group\":" + random.nextInt(5) + "}");
            if (at % refreshEvery == refreshEvery - 1) {
                index.refresh();
            }
        }
        return index.refresh();
    }

    private static QueryNode match(String text) {
        return new QueryNode.Match("text", text, Operator.OR, null, null, false, ZeroTerms.NONE, 1f);
    }

    private static SearchRequest request(QueryNode query, int size, int count, List<SortKey> sort) {
        return SearchRequest.of(query)
                .but()
                .size(size)
                .sort(sort)
                .trackTotalHits(count)
                .build();
    }
}
