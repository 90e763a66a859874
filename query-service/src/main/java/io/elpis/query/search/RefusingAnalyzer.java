package io.elpis.query.search;

import java.io.IOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;

/** Another analyzer, whose refusal of a text can be told from all else that goes wrong while the text is used. */
final class RefusingAnalyzer extends AnalyzerWrapper {
    private final Analyzer analyzer;

    RefusingAnalyzer(Analyzer analyzer) {
        super(PER_FIELD_REUSE_STRATEGY);
        this.analyzer = analyzer;
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
        return analyzer;
    }

    @Override
    protected TokenStreamComponents wrapComponents(String field, TokenStreamComponents components) {
        return new TokenStreamComponents(components.getSource(), new Tokens(components.getTokenStream()));
    }

    /** The analyzer does not take this text. */
    static final class TextRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TextRefused(RuntimeException why) {
            super(why.getMessage(), why);
        }
    }

    private static final class Tokens extends TokenFilter {
        Tokens(TokenStream tokens) {
            super(tokens);
        }

        @Override
        public boolean incrementToken() throws IOException {
            try {
                return input.incrementToken();
            } catch (IllegalArgumentException | IllegalStateException refused) {
                throw new TextRefused(refused);
            }
        }

        @Override
        public void reset() throws IOException {
            try {
                input.reset();
            } catch (IllegalArgumentException | IllegalStateException refused) {
                throw new TextRefused(refused);
            }
        }
    }
}
