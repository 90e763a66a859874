package io.elpis.query.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.Operator;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.Scalar;
import io.elpis.model.query.ZeroTerms;
import io.elpis.model.search.Highlight;
import io.elpis.model.search.Missing;
import io.elpis.model.search.SearchRequest;
import io.elpis.model.search.SortKey;
import io.elpis.model.search.SortMode;
import io.elpis.model.search.SortOrder;
import io.elpis.model.search.SourceFilter;
import io.elpis.protocol.node.HitContent;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.protocol.node.ShardAnswer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How hits stand and what they bring along. */
final class HitsTest {
    private static final QueryNode ALL = new QueryNode.MatchAll(1f);

    @TempDir
    Path directory;

    private TestIndex index;

    @BeforeEach
    void open() throws Exception {
        index = new TestIndex(directory, 2, """
                        {"properties":{"title":{"type":"text","fields":{"raw":{"type":"keyword"}}},
                         "n":{"type":"long"},"x":{"type":"float"},"o":{"properties":{"k":{"type":"keyword"},"l":{"type":"long"}}}}}""")
                .index(0, "a", "{\"title\":\"Of mice and men\",\"n\":[3,1],\"x\":0.5,\"o\":{\"k\":\"v\",\"l\":[1,2]}}")
                .index(1, "b", "{\"title\":\"Men at work. Work with \\\"men\\\"!\",\"n\":2}")
                .index(0, "c", "{\"title\":\"Alone\",\"x\":-1}")
                .refresh();
    }

    @AfterEach
    void close() {
        index.close();
    }

    private static SearchRequest request(
            QueryNode query, List<SortKey> sort, SourceFilter source, @Nullable Highlight highlight) {
        return SearchRequest.of(query)
                .but()
                .sort(sort)
                .source(source)
                .highlight(highlight)
                .trackTotalHits(100)
                .build();
    }

    private List<String> sorted(String field, SortOrder order, Missing missing, SortMode mode) throws Exception {
        SortKey key = new SortKey.ByField(field, order, missing, null, mode, null);
        return TestIndex.ids(index.search(request(ALL, List.of(key), SourceFilter.ALL, null)));
    }

    @Test
    void numbersSortBothWaysWithTheAbsentWhereAsked() throws Exception {
        Missing last = new Missing.Last();
        assertThat(sorted("n", SortOrder.ASC, last, SortMode.DEFAULT)).containsExactly("a", "b", "c");
        assertThat(sorted("n", SortOrder.DESC, last, SortMode.DEFAULT)).containsExactly("a", "b", "c");
        assertThat(sorted("n", SortOrder.DESC, last, SortMode.MIN)).containsExactly("b", "a", "c");
        assertThat(sorted("n", SortOrder.DESC, new Missing.First(), SortMode.MIN))
                .containsExactly("c", "b", "a");
        assertThat(sorted("n", SortOrder.ASC, new Missing.As(new Scalar.Whole(2)), SortMode.MAX)
                        .getLast())
                .isEqualTo("a");
        assertThat(sorted("x", SortOrder.ASC, last, SortMode.DEFAULT)).containsExactly("c", "a", "b");
    }

    @Test
    void keywordsSortBothWaysWithTheAbsentWhereAsked() throws Exception {
        Missing last = new Missing.Last();
        assertThat(sorted("title.raw", SortOrder.ASC, last, SortMode.DEFAULT)).containsExactly("c", "b", "a");
        assertThat(sorted("title.raw", SortOrder.DESC, last, SortMode.DEFAULT)).containsExactly("a", "b", "c");
        for (SortOrder order : SortOrder.values()) {
            assertThat(sorted("o.k", order, last, SortMode.DEFAULT)).startsWith("a");
            assertThat(sorted("o.k", order, new Missing.First(), SortMode.DEFAULT))
                    .endsWith("a");
        }
    }

    @Test
    void sortValuesTellWhatStandsInForAMissingNumber() throws Exception {
        SortKey key = SortKey.ByField.of("n", SortOrder.ASC);
        SearchResponse response = index.search(request(ALL, List.of(key), SourceFilter.ALL, null));
        assertThat(response.getHits(0).getSort(0).getWhole()).isEqualTo(1);
        assertThat(response.getHits(2).getSort(0).getWhole()).isEqualTo(Long.MAX_VALUE);
        assertThat(response.getHits(0).getScore()).isNaN();
        SortKey fraction = new SortKey.ByField(
                "x", SortOrder.DESC, new Missing.As(new Scalar.Text("0.25")), null, SortMode.DEFAULT, null);
        response = index.search(request(ALL, List.of(fraction), SourceFilter.ALL, null));
        assertThat(TestIndex.ids(response)).containsExactly("a", "b", "c");
        assertThat(response.getHits(1).getSort(0).getDecimal()).isEqualTo(0.25);
        SortKey keyword = SortKey.ByField.of("o.k", SortOrder.ASC);
        response = index.search(request(ALL, List.of(keyword), SourceFilter.ALL, null));
        assertThat(response.getHits(2).getSort(0).getMissing()).isTrue();
    }

    /** Two shards, each sorted by Lucene, merge into the order that Lucene would give them together. */
    @Test
    void aNumberGivenAsTextStandsInForMissingOnes() throws Exception {
        Missing two = new Missing.As(new Scalar.Text("2.9"));
        index.index(1, "d", "{\"n\":1}").index(0, "e", "{\"n\":7}").refresh();
        SortKey key = new SortKey.ByField("n", SortOrder.ASC, two, null, SortMode.MIN, null);
        SearchResponse response = index.search(request(ALL, List.of(key), SourceFilter.ALL, null));
        assertThat(response.getHitsList())
                .extracting(hit -> hit.getSort(0).getWhole())
                .containsExactly(1L, 1L, 2L, 2L, 7L);
    }

    @Test
    void hitsAreCountedUnlessNobodyAsks() throws Exception {
        List<SortKey> byNumber = List.of(SortKey.ByField.of("n", SortOrder.ASC));
        for (List<SortKey> sort : List.of(List.<SortKey>of(), byNumber)) {
            for (int size : new int[] {0, 1}) {
                for (int upTo : new int[] {SearchRequest.TRACK_NOTHING, 0, 1, SearchRequest.TRACK_EXACTLY}) {
                    SearchRequest request = SearchRequest.of(ALL)
                            .but()
                            .sort(sort)
                            .size(size)
                            .trackTotalHits(upTo)
                            .build();
                    long total = index.search(request).getShardsList().stream()
                            .mapToLong(ShardAnswer::getTotalHits)
                            .sum();
                    assertThat(total > 0).as("%s %d %d", sort, size, upTo).isEqualTo(upTo >= 0);
                }
            }
        }
    }

    @Test
    void aFieldThatCannotBeSortedByIsTheCallersMistake() throws Exception {
        for (String field : List.of("title", "nowhere")) {
            SearchResponse response = index.search(
                    request(ALL, List.of(SortKey.ByField.of(field, SortOrder.ASC)), SourceFilter.ALL, null));
            assertThat(response.getShards(0).getFailure().getReason()).contains(field);
        }
    }

    @Test
    void sourceIsFilteredByPath() throws Exception {
        assertThat(source(new SourceFilter(true, List.of("o.*"), List.of())))
                .isEqualTo("{\"o\":{\"k\":\"v\",\"l\":[1,2]}}");
        assertThat(source(new SourceFilter(true, List.of("o", "n"), List.of("o.l"))))
                .isEqualTo("{\"n\":[3,1],\"o\":{\"k\":\"v\"}}");
        assertThat(source(new SourceFilter(true, List.of(), List.of("t*", "n", "o"))))
                .isEqualTo("{\"x\":0.5}");
        assertThat(source(SourceFilter.NONE)).isEmpty();
        assertThat(source(new SourceFilter(true, List.of("o.nothing", "x"), List.of())))
                .isEqualTo("{\"x\":0.5}");
    }

    private String source(SourceFilter filter) throws Exception {
        return content(request(new QueryNode.Ids(List.of("a"), 1f), List.of(), filter, null))
                .getSource()
                .toStringUtf8();
    }

    private HitContent content(SearchRequest request) throws Exception {
        SearchResponse response = index.search(request);
        assertThat(response.getHitsCount()).isEqualTo(1);
        return response.getHits(0).getContent();
    }

    @Test
    void soughtTermsAreMarked() throws Exception {
        Highlight highlight = new Highlight(
                List.of(Highlight.Field.of("title")), List.of("<em>"), List.of("</em>"), 18, 5, true, false);
        QueryNode query = new QueryNode.Bool(
                List.of(new QueryNode.Match("title", "work", Operator.OR, null, null, false, ZeroTerms.NONE, 1f)),
                List.of(),
                List.of(new QueryNode.Match("title", "men", Operator.OR, null, null, false, ZeroTerms.NONE, 1f)),
                List.of(),
                null,
                1f);
        HitContent content = content(request(query, List.of(), SourceFilter.ALL, highlight));
        assertThat(content.getHighlight(0).getField()).isEqualTo("title");
        assertThat(String.join(" ", content.getHighlight(0).getFragmentsList()))
                .contains("<em>Men</em> at <em>work</em>.")
                .contains("<em>Work</em> with \"<em>men</em>\"");
    }

    @Test
    void fragmentsStandInTheTextsOrderOrBestFirst() throws Exception {
        index.index(
                        0,
                        "d",
                        "{\"title\":\"A lone fox was there. Nothing happened in this one. The quick fox met another quick fox.\"}")
                .refresh();
        QueryNode query = new QueryNode.Match("title", "quick fox", Operator.OR, null, null, false, ZeroTerms.NONE, 1f);
        for (boolean byScore : new boolean[] {true, false}) {
            Highlight highlight = new Highlight(
                    List.of(new Highlight.Field("title", null, null, null, null, byScore)),
                    List.of("<em>"),
                    List.of("</em>"),
                    10,
                    5,
                    true,
                    !byScore);
            HitContent content = content(request(query, List.of(), SourceFilter.ALL, highlight));
            assertThat(content.getHighlight(0).getFragments(0)).contains(byScore ? "<em>quick</em>" : "A lone");
        }
    }

    @Test
    void fragmentsOfSeveralValuesAreOneList() throws Exception {
        index.index(0, "d", "{\"title\":[\"A lone fox.\",\"The quick fox met another quick fox.\"]}")
                .refresh();
        QueryNode query =
                new QueryNode.Match("title", "quick fox", Operator.AND, null, null, false, ZeroTerms.NONE, 1f);
        for (int number : new int[] {1, 0}) {
            Highlight highlight = new Highlight(
                    List.of(new Highlight.Field("title", null, number, null, null, number > 0)),
                    List.of("<em>"),
                    List.of("</em>"),
                    10,
                    5,
                    true,
                    false);
            HitContent content = content(request(query, List.of(), SourceFilter.ALL, highlight));
            if (number == 1) {
                assertThat(content.getHighlight(0).getFragmentsList())
                        .singleElement()
                        .asString()
                        .contains("<em>quick</em>");
            } else {
                assertThat(content.getHighlight(0).getFragmentsList()).hasSize(2);
            }
        }
    }

    @Test
    void filtersOnOtherFieldsDoNotKeepTermsFromBeingMarked() throws Exception {
        Highlight highlight = new Highlight(
                List.of(Highlight.Field.of("title")), List.of("<em>"), List.of("</em>"), 100, 5, true, false);
        QueryNode query = new QueryNode.Bool(
                List.of(new QueryNode.Match("title", "work", Operator.OR, null, null, false, ZeroTerms.NONE, 1f)),
                List.of(new QueryNode.Exists("n", 1f)),
                List.of(),
                List.of(),
                null,
                1f);
        HitContent content = content(request(query, List.of(), SourceFilter.ALL, highlight));
        assertThat(content.getHighlight(0).getFragmentsList()).isNotEmpty();
    }

    @Test
    void aShardWhoseHitsCannotBeReadFailsAloneAndTakesNoPlaces() throws Exception {
        Highlight breaking = new Highlight(
                List.of(Highlight.Field.of("title")),
                List.of("<em>"),
                List.of("</em>"),
                18,
                Integer.MAX_VALUE,
                true,
                false);
        QueryNode query = new QueryNode.Bool(
                List.of(),
                List.of(),
                List.of(
                        new QueryNode.Match("title", "work", Operator.OR, null, null, false, ZeroTerms.NONE, 9f),
                        new QueryNode.ConstantScore(new QueryNode.Exists("x", 1f), 0.1f)),
                List.of(),
                null,
                1f);
        for (List<SortKey> sort :
                List.of(List.<SortKey>of(), List.<SortKey>of(SortKey.ByField.of("title.raw", SortOrder.DESC)))) {
            SearchResponse response = index.search(new SearchRequest(
                    query, 0, 2, sort, SourceFilter.ALL, breaking, 100, null, null, false, false, false, null));
            assertThat(response.getShards(1).getFailure().getCode()).isEqualTo("INTERNAL");
            assertThat(response.getShards(0).hasFailure()).isFalse();
            assertThat(response.getHitsList())
                    .extracting(io.elpis.protocol.node.Hit::getId)
                    .containsExactlyInAnyOrder("a", "c");
        }
    }

    @Test
    void aPageOfTooManyBytesIsRefused() throws Exception {
        for (int at = 0; at < 6; at++) {
            index.index(at % 2, "long" + at, "{\"title\":\"" + "x".repeat(20_000) + "\"}");
        }
        index.refresh();
        assertThatThrownBy(() -> index.search(SearchRequest.of(ALL)))
                .isInstanceOfSatisfying(ElpisException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.CIRCUIT_BREAKING);
                    assertThat(failure.reason()).contains("100000");
                });
        assertThat(index.search(request(ALL, List.of(), SourceFilter.NONE, null))
                        .getHitsCount())
                .isEqualTo(9);
    }

    @Test
    void hitsBelowTheMinimumScoreDoNotCount() throws Exception {
        QueryNode query = new QueryNode.Bool(
                List.of(ALL),
                List.of(),
                List.of(new QueryNode.ConstantScore(new QueryNode.Exists("x", 1f), 5f)),
                List.of(),
                null,
                1f);
        for (List<SortKey> sort :
                List.of(List.<SortKey>of(), List.<SortKey>of(SortKey.ByField.of("x", SortOrder.ASC)))) {
            SearchResponse response = index.search(new SearchRequest(
                    query, 0, 10, sort, SourceFilter.ALL, null, 100, null, 3f, false, false, false, null));
            assertThat(TestIndex.ids(response)).containsExactlyInAnyOrder("a", "c");
            assertThat(response.getShards(0).getTotalHits()).isEqualTo(2);
            assertThat(response.getShards(1).getTotalHits()).isZero();
        }
    }

    @Test
    void countingNeedsNoHits() throws Exception {
        SearchResponse response = index.search(new SearchRequest(
                ALL,
                0,
                0,
                List.of(),
                SourceFilter.ALL,
                null,
                SearchRequest.TRACK_EXACTLY,
                null,
                null,
                false,
                false,
                false,
                null));
        assertThat(response.getHitsCount()).isZero();
        assertThat(response.getShards(0).getTotalHits()).isEqualTo(2);
        assertThat(response.getLease()).isZero();
    }
}
