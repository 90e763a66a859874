package io.elpis.analysis.budget;

import org.apache.lucene.analysis.TokenStream;

/** Counts what goes from one part of an analyzer to the next. */
public final class PassingTokens extends BudgetedTokens {
    public PassingTokens(TokenStream input) {
        super(input);
    }

    @Override
    protected void charge(AnalysisBudget budget, int length) {
        budget.pass(length);
    }
}
