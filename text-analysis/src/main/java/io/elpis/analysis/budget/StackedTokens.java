package io.elpis.analysis.budget;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Counts tokens at one position, for filters that remember all of a position until the next begins. */
public final class StackedTokens extends BudgetedTokens {
    /** What a token's attributes take, in characters. */
    private static final int STATE = 100;

    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);

    public StackedTokens(TokenStream input) {
        super(input);
    }

    @Override
    protected void charge(AnalysisBudget budget, int length) {
        if (increment.getPositionIncrement() == 0) {
            budget.keep(STATE + length);
        }
    }
}
