package io.elpis.analysis.budget;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Counts what goes from one part of an analyzer to the next. */
public final class PassingTokens extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private AnalysisBudget budget = new AnalysisBudget();

    public PassingTokens(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        budget.pass(term.length());
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        budget = AnalysisBudget.current();
    }
}
