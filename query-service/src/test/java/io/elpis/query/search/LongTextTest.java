package io.elpis.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.query.Operator;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.Scalar;
import io.elpis.model.query.ZeroTerms;
import io.elpis.model.search.SearchRequest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries with texts that are too long to be meant. */
final class LongTextTest {
    private static final String TOO_MANY = "failed to create query: maxClauseCount is set to 1024";

    @TempDir
    Path directory;

    private TestIndex index;

    @BeforeEach
    void open() throws Exception {
        index = new TestIndex(directory, 1, """
                        {"properties":{"title":{"type":"text"},"body":{"type":"text","analyzer":"stop"},
                         "tag":{"type":"keyword"}}}""")
                .index(0, "1", "{\"title\":\"a b\",\"body\":\"c\",\"tag\":\"%s\"}".formatted("Ä".repeat(5_000)))
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

    private static QueryNode anyCase(String tag) {
        return new QueryNode.Term("tag", new Scalar.Text(tag), true, 1f);
    }

    private String refusal(QueryNode query) throws Exception {
        var answer = index.search(SearchRequest.of(query)).getShards(0);
        assertThat(answer.getFailure().getCode()).isEqualTo("QUERY_SHARD");
        return answer.getFailure().getReason();
    }

    @Test
    void tokensAreBoundedAsClausesAre() throws Exception {
        assertThat(index.ids(match("title", "a ".repeat(1_024)))).containsExactly("1");
        assertThat(refusal(match("title", "a ".repeat(1_025)))).isEqualTo(TOO_MANY);
        assertThat(index.ids(phrase("title", "a ".repeat(1_024)))).isEmpty();
        assertThat(refusal(phrase("title", "a ".repeat(1_025)))).isEqualTo(TOO_MANY);
    }

    @Test
    void tokensOfAllTextsTogetherAreBounded() throws Exception {
        QueryNode one = match("title", "a ".repeat(1_024));
        QueryNode some = new QueryNode.Bool(List.of(), List.of(), Collections.nCopies(16, one), List.of(), null, 1f);
        QueryNode more = new QueryNode.Bool(List.of(), List.of(), Collections.nCopies(17, one), List.of(), null, 1f);
        assertThat(index.ids(some)).containsExactly("1");
        assertThat(refusal(more)).isEqualTo(TOO_MANY);
    }

    @Test
    void textsAreBoundedWhateverIsLeftOfThem() throws Exception {
        String longest = "the ".repeat(250_000);
        assertThat(index.ids(match("body", longest))).isEmpty();
        assertThat(refusal(match("body", longest + "x")))
                .isEqualTo("failed to create query: the text has [1000001] characters, more than [1000000]");
        QueryNode many = match("body", longest);
        assertThat(refusal(
                        new QueryNode.Bool(List.of(), List.of(), Collections.nCopies(17, many), List.of(), null, 1f)))
                .contains("texts of more than [16000000] characters");
    }

    @Test
    void termsInAnyCaseAreBoundedTogether() throws Exception {
        String tooMany = "failed to create query: more than [10000] characters are sought in any case";
        QueryNode found = anyCase("ä".repeat(5_000));
        QueryNode other = anyCase("ä".repeat(5_001));
        assertThat(index.ids(any(found, found))).containsExactly("1");
        assertThat(index.ids(other)).isEmpty();
        assertThat(refusal(any(found, other))).isEqualTo(tooMany);
        assertThat(refusal(anyCase("ä".repeat(3_000_000)))).isEqualTo(tooMany);
    }

    private static QueryNode any(QueryNode... clauses) {
        return new QueryNode.Bool(List.of(), List.of(), List.of(clauses), List.of(), null, 1f);
    }
}
