package io.elpis.query.lucene;

import java.io.IOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.TokenFilter;
import org.jspecify.annotations.Nullable;

/**
 * Another analyzer, whose refusal of a text can be told from all else that goes wrong while the text is used: filters throw
 * whatever comes to their minds at texts they were not made for. Keeps nothing: token streams are the other's, which each
 * thread uses again, so that it may be made for a single text. Use as the other one allows.
 *
 * <p>Its token streams throw {@link TextRefused}.
 */
public final class RefusingAnalyzer extends AnalyzerWrapper {
    private final Analyzer analyzer;

    public RefusingAnalyzer(Analyzer analyzer) {
        super(new KeptByOther(analyzer));
        this.analyzer = analyzer;
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
        return analyzer;
    }

    @Override
    protected TokenStreamComponents wrapComponents(String field, TokenStreamComponents components) {
        return refusing(components);
    }

    private static final class KeptByOther extends ReuseStrategy {
        private final Analyzer other;

        KeptByOther(Analyzer other) {
            this.other = other;
        }

        @Override
        public @Nullable TokenStreamComponents getReusableComponents(Analyzer analyzer, String field) {
            TokenStreamComponents kept = other.getReuseStrategy().getReusableComponents(other, field);
            return kept == null ? null : refusing(kept);
        }

        @Override
        public void setReusableComponents(Analyzer analyzer, String field, TokenStreamComponents made) {
            other.getReuseStrategy().setReusableComponents(other, field, ((Tokens) made.getTokenStream()).components);
        }
    }

    private static TokenStreamComponents refusing(TokenStreamComponents components) {
        return new TokenStreamComponents(components.getSource(), new Tokens(components));
    }

    private static final class Tokens extends TokenFilter {
        private final TokenStreamComponents components;

        Tokens(TokenStreamComponents components) {
            super(components.getTokenStream());
            this.components = components;
        }

        @Override
        public boolean incrementToken() throws IOException {
            try {
                return input.incrementToken();
            } catch (RuntimeException fault) {
                throw TextRefused.of(fault);
            }
        }

        @Override
        public void end() throws IOException {
            try {
                super.end();
            } catch (RuntimeException fault) {
                throw TextRefused.of(fault);
            }
        }

        /** Closes what it could not begin: not all readers do, and the thread's next text would find it open. */
        @Override
        public void reset() throws IOException {
            try {
                input.reset();
            } catch (RuntimeException fault) {
                close();
                throw TextRefused.of(fault);
            }
        }
    }
}
