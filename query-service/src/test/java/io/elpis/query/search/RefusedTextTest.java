package io.elpis.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.query.Operator;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.ZeroTerms;
import io.elpis.model.search.Highlight;
import io.elpis.model.search.SearchRequest;
import io.elpis.protocol.node.ErrorDetail;
import io.elpis.protocol.node.HighlightedField;
import io.elpis.protocol.node.SearchResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that their analyzer refuses, in queries and in documents. */
final class RefusedTextTest {
    /** Each find looks on to the end of the text. */
    private static final String ANALYSIS = """
            {"analyzer":{"costly":{"type":"custom","tokenizer":"cut"}},
             "tokenizer":{"cut":{"type":"pattern","pattern":"x.*y|x","group":0}}}""";

    /** More than the analysis of a request's texts may take, less than that of a document's. */
    private static final String TOO_COSTLY = "x".repeat(20_000);

    /** Two texts of this length may be analyzed for one request, but not four. */
    private static final String COSTLY = "x".repeat(2_500);

    private static final Highlight EVERYWHERE =
            new Highlight(List.of(Highlight.Field.of("*")), List.of("<em>"), List.of("</em>"), 100, 5, false, false);

    @TempDir
    Path directory;

    private TestIndex index;

    @BeforeEach
    void open() throws Exception {
        index = new TestIndex(directory, 1, """
                        {"properties":{"title":{"type":"text"},"cut":{"type":"text","analyzer":"costly"},
                         "notes":{"type":"text","analyzer":"costly","index":false},
                         "tag":{"type":"keyword","ignore_above":10}}}""", ANALYSIS)
                .index(0, "1", """
                        {"title":"note x","cut":"x","notes":["x","%s"],"tag":"%s"}""".formatted(TOO_COSTLY, "t".repeat(40_000)))
                .refresh();
    }

    @AfterEach
    void close() {
        index.close();
    }

    private static QueryNode match(String field, String text) {
        return new QueryNode.Match(field, text, Operator.OR, null, null, false, ZeroTerms.NONE, 1f);
    }

    private static QueryNode phrase(String field, String text) {
        return new QueryNode.MatchPhrase(field, text, 0, null, ZeroTerms.NONE, 1f);
    }

    private String refusal(QueryNode query) throws Exception {
        ErrorDetail failure = index.search(SearchRequest.of(query)).getShards(0).getFailure();
        assertThat(failure.getCode()).isEqualTo("ILLEGAL_ARGUMENT");
        return failure.getReason();
    }

    @Test
    void theReasonGoesToWhoSoughtIt() throws Exception {
        for (QueryNode query : List.of(match("cut", TOO_COSTLY), phrase("cut", TOO_COSTLY))) {
            assertThat(refusal(query))
                    .isEqualTo("the text sought in field [cut] cannot be analyzed:"
                            + " analysis takes more than [200000000] steps");
        }
        assertThat(index.ids(match("cut", "x"))).containsExactly("1");
    }

    @Test
    void textsOfOneQueryShareWhatTheyMayTake() throws Exception {
        String text = "x".repeat(900);
        assertThat(index.ids(match("cut", text))).containsExactly("1");
        List<QueryNode> many = Collections.nCopies(30, match("cut", text));
        assertThat(index.ids(match("cut", text))).containsExactly("1");
        assertThat(refusal(new QueryNode.Bool(List.of(), List.of(), many, List.of(), null, 1f)))
                .contains("analysis takes more than [200000000] steps");
    }

    @Test
    void hitsComeWithoutTheHighlightsOfSuchTexts() throws Exception {
        for (QueryNode query : List.of(match("title", "x"), phrase("title", "note x"))) {
            SearchResponse response = highlighted(query);
            assertThat(TestIndex.ids(response)).containsExactly("1");
            List<HighlightedField> fields = response.getHits(0).getContent().getHighlightList();
            assertThat(fields).extracting(HighlightedField::getField).contains("title");
            assertThat(fields)
                    .flatExtracting(HighlightedField::getFragmentsList)
                    .noneMatch(fragment -> ((String) fragment).contains("xx"))
                    .noneMatch(fragment -> ((String) fragment).contains("</em><em>"))
                    .noneMatch(fragment -> ((String) fragment).contains("tt"));
        }
    }

    @Test
    void otherTextsOfTheFieldAreHighlighted() throws Exception {
        assertThat(highlighted(match("title", "x")).getHits(0).getContent().getHighlightList())
                .filteredOn(field -> field.getField().equals("notes"))
                .flatExtracting(HighlightedField::getFragmentsList)
                .containsExactly("<em>x</em>");
    }

    @Test
    void textsOfAllHitsShareWhatTheyMayTake() throws Exception {
        for (int hit = 0; hit < 4; hit++) {
            index.index(0, "same-" + hit, "{\"title\":\"same x\",\"notes\":\"%s\"}".formatted(COSTLY));
        }
        index.refresh();
        assertThat(highlighted(match("title", "same x")).getHitsList())
                .filteredOn(hit -> hit.getId().startsWith("same"))
                .filteredOn(hit -> hit.getContent().getHighlightList().stream()
                        .anyMatch(field -> field.getField().equals("notes")))
                .hasSizeBetween(1, 3);
    }

    private SearchResponse highlighted(QueryNode query) throws Exception {
        return index.search(SearchRequest.of(query).but().highlight(EVERYWHERE).build());
    }
}
