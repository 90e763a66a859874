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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that their analyzer refuses, in queries and in documents. */
final class RefusedTextTest {
    private static final String ANALYSIS = """
            {"analyzer":{"costly":{"type":"custom","tokenizer":"cut"}},
             "tokenizer":{"cut":{"type":"pattern","pattern":"x*x*x*x*x*x*x*x*y"}}}""";

    private static final String COSTLY = "x".repeat(3_000);

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
                        {"title":"a costly note","cut":"note","notes":["%s","note"],"tag":"%s"}""".formatted(COSTLY, "t".repeat(40_000)))
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

    @Test
    void theReasonGoesToWhoSoughtIt() throws Exception {
        for (QueryNode query : List.of(match("cut", COSTLY), phrase("cut", COSTLY))) {
            ErrorDetail failure =
                    index.search(SearchRequest.of(query)).getShards(0).getFailure();
            assertThat(failure.getCode()).isEqualTo("ILLEGAL_ARGUMENT");
            assertThat(failure.getReason())
                    .contains("the text sought in field [cut] cannot be analyzed", "takes too many steps");
        }
        assertThat(index.ids(match("cut", "note"))).containsExactly("1");
    }

    @Test
    void hitsComeWithoutTheHighlightsOfSuchTexts() throws Exception {
        Highlight everywhere = new Highlight(
                List.of(Highlight.Field.of("*")), List.of("<em>"), List.of("</em>"), 100, 5, false, false);
        for (QueryNode query : List.of(match("title", "note"), phrase("title", "costly note"))) {
            SearchResponse response = index.search(
                    SearchRequest.of(query).but().highlight(everywhere).build());
            assertThat(TestIndex.ids(response)).containsExactly("1");
            List<HighlightedField> fields = response.getHits(0).getContent().getHighlightList();
            assertThat(fields).extracting(HighlightedField::getField).contains("title");
            assertThat(fields)
                    .flatExtracting(HighlightedField::getFragmentsList)
                    .noneMatch(fragment -> ((String) fragment).contains("xx"))
                    .noneMatch(fragment -> ((String) fragment).contains("tt"));
        }
    }
}
