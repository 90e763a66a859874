package io.elpis.analysis.budget;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Charges the budget of the text, or of all that share one, for each token that goes through. */
public abstract class BudgetedTokens extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private AnalysisBudget budget = new AnalysisBudget();

    protected BudgetedTokens(TokenStream input) {
        super(input);
    }

    /** @param length of the token's text, in characters */
    protected abstract void charge(AnalysisBudget budget, int length);

    @Override
    public final boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        charge(budget, term.length());
        return true;
    }

    @Override
    public final void reset() throws IOException {
        super.reset();
        budget = AnalysisBudget.current();
    }
}
