package io.elpis.query.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.search.IndexSearcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An analyzer with a filter that some words break. */
final class RefusingAnalyzerTest {
    private final Breaking breaking = new Breaking();

    @AfterEach
    void close() {
        breaking.close();
    }

    @Test
    void whateverAFilterThrowsIsARefusal() {
        assertThatThrownBy(() -> words("fine broken"))
                .isInstanceOf(TextRefused.class)
                .hasMessage("java.lang.ArrayIndexOutOfBoundsException");
        assertThatThrownBy(() -> words("fine meant"))
                .isInstanceOf(TextRefused.class)
                .hasMessage("no such words");
    }

    @Test
    void tokenStreamsAreUsedAgainThroughOtherWrappers() throws Exception {
        assertThat(words("a b")).containsExactly("a", "b");
        assertThat(words("c")).containsExactly("c");
        assertThat(breaking.made).isEqualTo(1);
    }

    @Test
    void theNextTextIsAnalyzedAfterOneThatCouldNotBeBegun() throws Exception {
        breaking.beginning = false;
        TokenStream unbegun = new RefusingAnalyzer(breaking).tokenStream("field", "a");
        assertThatThrownBy(unbegun::reset).isInstanceOf(TextRefused.class);
        breaking.beginning = true;
        assertThat(words("b")).containsExactly("b");
    }

    @Test
    void queriesTellTheirRefusedTexts() {
        assertThatThrownBy(() -> queries().createBooleanQuery("field", "fine broken"))
                .isInstanceOfSatisfying(ElpisException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT);
                    assertThat(refused.reason())
                            .isEqualTo("the text sought in field [field] cannot be analyzed:"
                                    + " java.lang.ArrayIndexOutOfBoundsException");
                });
        assertThat(queries().createBooleanQuery("field", "fine")).hasToString("field:fine");
    }

    @Test
    void tooManyTokensAreNoRefusalOfTheAnalyzer() {
        assertThatThrownBy(() -> queries().createBooleanQuery("field", "a ".repeat(1_025)))
                .isInstanceOf(IndexSearcher.TooManyClauses.class);
    }

    private AllowedTexts queries() {
        return new AllowedTexts(breaking, new TextAllowance());
    }

    private List<String> words(String text) throws IOException {
        List<String> words = new ArrayList<>();
        try (TokenStream tokens = new RefusingAnalyzer(breaking).tokenStream("field", text)) {
            CharTermAttribute word = tokens.getAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.add(word.toString());
            }
            tokens.end();
        }
        return words;
    }

    private static final class Breaking extends Analyzer {
        private int made;
        private boolean beginning = true;

        @Override
        protected TokenStreamComponents createComponents(String field) {
            made++;
            Tokenizer words = new WhitespaceTokenizer();
            return new TokenStreamComponents(words, new BreakingFilter(words));
        }

        private final class BreakingFilter extends TokenFilter {
            private final CharTermAttribute word = addAttribute(CharTermAttribute.class);

            BreakingFilter(TokenStream words) {
                super(words);
            }

            @Override
            public boolean incrementToken() throws IOException {
                if (!input.incrementToken()) {
                    return false;
                }
                switch (word.toString()) {
                    case "broken" -> throw new ArrayIndexOutOfBoundsException("Index 3 out of bounds for length 3");
                    case "meant" -> throw new IllegalArgumentException("no such words");
                    default -> {}
                }
                return true;
            }

            @Override
            public void reset() throws IOException {
                super.reset();
                if (!beginning) {
                    throw new IllegalStateException("not now");
                }
            }
        }
    }
}
