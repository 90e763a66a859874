package io.elpis.analysis.budget;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Counts what gets into an index that is being built. */
public final class KeptTokens extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final AnalysisBudget budget = AnalysisBudget.current();

    public KeptTokens(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        budget.keep(term.length());
        return true;
    }
}
