package io.elpis.analysis.budget;

import org.apache.lucene.analysis.TokenStream;

/** Counts what Lucene's n-gram filter takes: for each gram of a token it goes over all of the token that is before it. */
public final class GramTokens extends BudgetedTokens {
    private static final int CHARACTERS_A_STEP = 4;

    private final int sizes;

    /** @param sizes of grams that are made at each place */
    public GramTokens(TokenStream input, int sizes) {
        super(input);
        this.sizes = sizes;
    }

    @Override
    protected void charge(AnalysisBudget budget, int length) {
        budget.step((long) length * length / 2 / CHARACTERS_A_STEP * sizes);
    }
}
