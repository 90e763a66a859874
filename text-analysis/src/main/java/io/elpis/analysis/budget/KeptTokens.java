package io.elpis.analysis.budget;

import org.apache.lucene.analysis.TokenStream;

/** Counts what gets into an index that is being built. */
public final class KeptTokens extends BudgetedTokens {
    public KeptTokens(TokenStream input) {
        super(input);
    }

    @Override
    protected void charge(AnalysisBudget budget, int length) {
        budget.keep(length);
    }
}
