package io.elpis.analysis.budget;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Counts what Lucene's n-gram filter takes: for each gram of a token it goes over all of the token that is before it. */
public final class GramTokens extends TokenFilter {
    private static final int CHARACTERS_A_STEP = 4;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final int sizes;
    private AnalysisBudget budget = new AnalysisBudget();

    /** @param sizes of grams that are made at each place */
    public GramTokens(TokenStream input, int sizes) {
        super(input);
        this.sizes = sizes;
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        long length = term.length();
        budget.step(length * length / 2 / CHARACTERS_A_STEP * sizes);
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        budget = AnalysisBudget.current();
    }
}
