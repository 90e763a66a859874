package io.elpis.query.lucene;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;

/** Fails at the first token of a query's text that is too much. */
final class AllowedTokens extends TokenFilter {
    private final TextAllowance allowance;
    private int count;

    AllowedTokens(TokenStream tokens, TextAllowance allowance) {
        super(tokens);
        this.allowance = allowance;
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        allowance.token(++count);
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        count = 0;
    }
}
