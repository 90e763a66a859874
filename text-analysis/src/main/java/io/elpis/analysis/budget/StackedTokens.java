package io.elpis.analysis.budget;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Counts tokens at one position, for filters that remember all of a position until the next begins. */
public final class StackedTokens extends TokenFilter {
    /** What a token's attributes take, in characters. */
    private static final int STATE = 100;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private AnalysisBudget budget = new AnalysisBudget();

    public StackedTokens(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        if (increment.getPositionIncrement() == 0) {
            budget.keep(STATE + term.length());
        }
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        budget = AnalysisBudget.current();
    }
}
