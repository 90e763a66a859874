package io.elpis.analysis.pattern;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Replaces what matches within each token. */
public final class PatternReplacingFilter extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final Replacement replacement;
    private final boolean all;

    /** @param all matches, or the first of each token alone */
    public PatternReplacingFilter(TokenStream in, Replacement replacement, boolean all) {
        super(in);
        this.replacement = replacement;
        this.all = all;
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        CharSequence replaced = replacement.replace(term, all, (_, _, _) -> {});
        if (replaced != term) {
            term.setEmpty().append(replaced);
        }
        return true;
    }
}
