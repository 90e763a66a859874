package io.elpis.analysis.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.analysis.Analyzers;
import io.elpis.model.schema.AnalysisSettingsParser;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.junit.jupiter.api.Test;

final class AnalysisBudgetTest {
    private static final Analyzers ANALYZERS = Analyzers.of(
            AnalysisSettingsParser.parse("""
            {"analyzer":{
               "grown":{"tokenizer":"whitespace","filter":["grams","shingle","one"]},
               "once":{"tokenizer":"whitespace","filter":["unique"]},
               "grams":{"tokenizer":"keyword","filter":["grams"]},
               "stacked":{"tokenizer":"keyword","filter":["grams","remove_duplicates"]},
               "flat":{"tokenizer":"keyword","filter":["grams","flatten_graph"]},
               "stretched":{"tokenizer":"keyword","char_filter":["long"],"filter":["truncate"]}},
             "filter":{"grams":{"type":"ngram","min_gram":1,"max_gram":9},"one":{"type":"length","max":1}},
             "char_filter":{"long":{"type":"mapping","mappings":["a => %s"]}}}
            """.formatted("b".repeat(256)).getBytes(UTF_8)));

    private static final long PLENTY = Long.MAX_VALUE;

    @Test
    void whatFiltersMakeAndDropAgainIsCounted() throws IOException {
        assertThat(tokens("grown", "abcd", new AnalysisBudget(1_000, PLENTY))).isEqualTo(4);
        assertThatThrownBy(() -> tokens("grown", "abcdefghijklmnopq", new AnalysisBudget(1_000, PLENTY)))
                .hasMessage("analysis takes more than [1000] steps");
    }

    @Test
    void longTokensTakeMoreSteps() throws IOException {
        String longest = "x".repeat(200);

        assertThat(tokens("once", longest, new AnalysisBudget(44, PLENTY))).isEqualTo(1);
        assertThatThrownBy(() -> tokens("once", longest, new AnalysisBudget(43, PLENTY)))
                .hasMessageContaining("steps");
    }

    @Test
    void whatStaysInMemoryIsCounted() throws IOException {
        assertThat(tokens("once", "a b a a a", new AnalysisBudget(PLENTY, 84))).isEqualTo(2);
        assertThatThrownBy(() -> tokens("once", "a b c", new AnalysisBudget(PLENTY, 84)))
                .hasMessageStartingWith("tokens take more than [84] bytes");
        assertThatThrownBy(() -> tokens("once", "ab cd", new AnalysisBudget(PLENTY, 87)))
                .hasMessageStartingWith("tokens take more than [87] bytes");
    }

    @Test
    void longTokensTakeGramsTheSquareOfTheirLength() throws IOException {
        AnalysisBudget some = new AnalysisBudget(10_000_000, PLENTY);

        assertThat(tokens("grams", "x".repeat(1_000), some)).isEqualTo(9 * 1_000 - 36);
        assertThatThrownBy(() -> tokens("grams", "x".repeat(100_000), some)).hasMessageContaining("steps");
    }

    @Test
    void whatFiltersRememberOfAPositionIsCounted() throws IOException {
        for (String analyzer : List.of("stacked", "flat")) {
            assertThat(tokens(analyzer, "abc", new AnalysisBudget(PLENTY, 10_000)))
                    .isPositive();
            assertThatThrownBy(() -> tokens(analyzer, "abcdefghijkl", new AnalysisBudget(PLENTY, 10_000)))
                    .hasMessageContaining("tokens take more");
        }
    }

    @Test
    void textsShareTheBudgetThatTheyAreLent() throws IOException {
        AnalysisBudget shared = new AnalysisBudget(60, PLENTY);

        assertThat(tokens("once", "a b", shared)).isEqualTo(2);
        assertThatThrownBy(() -> tokens("once", "a b", shared)).hasMessageContaining("steps");
    }

    @Test
    void anAnalyzerWorksOnBehindATextThatSpentAll() throws IOException {
        assertThatThrownBy(() -> tokens("once", "a b c", new AnalysisBudget(10, PLENTY)));

        try (TokenStream tokens = ANALYZERS.get("once").tokenStream("f", "a b c")) {
            assertThat(count(tokens)).isEqualTo(3);
        }
    }

    @Test
    void tokensOnTheirWayIntoAnIndexAreCountedWhateverTheyComeFrom() throws IOException {
        AnalysisBudget shared = new AnalysisBudget(PLENTY, 3 * 42);

        assertThat(kept("standard", "a b", shared)).isEqualTo(2);
        assertThatThrownBy(() -> kept("standard", "a b", shared)).hasMessageContaining("tokens take more");
    }

    @Test
    void characterFiltersMakeNoTextWithoutEnd() throws IOException {
        Analyzer stretched = ANALYZERS.get("stretched");

        try (TokenStream tokens = stretched.tokenStream("f", "a".repeat(1_000))) {
            assertThat(count(tokens)).isEqualTo(1);
        }
        try (TokenStream tokens = stretched.tokenStream("f", "a".repeat(100_000))) {
            assertThatThrownBy(() -> count(tokens))
                    .hasMessage("a character filter makes a text more than [4000000] characters longer");
        }
    }

    private static int kept(String analyzer, String text, AnalysisBudget budget) throws IOException {
        return budget.share(() -> {
            try (TokenStream tokens = new KeptTokens(ANALYZERS.get(analyzer).tokenStream("f", text))) {
                return count(tokens);
            }
        });
    }

    private static int tokens(String analyzer, String text, AnalysisBudget budget) throws IOException {
        return budget.share(() -> {
            try (TokenStream tokens = ANALYZERS.get(analyzer).tokenStream("f", text)) {
                return count(tokens);
            }
        });
    }

    private static int count(TokenStream tokens) throws IOException {
        tokens.reset();
        int count = 0;
        while (tokens.incrementToken()) {
            count++;
        }
        tokens.end();
        return count;
    }
}
