package io.elpis.analysis.pattern;

import java.io.IOException;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** What lies between the matches of a pattern, or a group of each. */
public final class PatternTokens extends Tokenizer {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final LinearPattern pattern;
    private final int group;
    private StringBuilder text = new StringBuilder();
    private LinearPattern.Search search;
    private int index;

    /** @param group whose matches are tokens, 0 for the whole; negative: tokens are what the matches separate */
    public PatternTokens(LinearPattern pattern, int group) {
        this.pattern = pattern;
        this.group = group;
        this.search = pattern.in(text);
    }

    @Override
    public boolean incrementToken() {
        if (index >= text.length()) {
            return false;
        }
        clearAttributes();
        return group >= 0 ? nextGroup() : nextBetween();
    }

    private boolean nextGroup() {
        while (search.find()) {
            if (search.end(group) > search.start(group)) {
                token(search.start(group), search.end(group));
                return true;
            }
        }
        index = text.length();
        return false;
    }

    private boolean nextBetween() {
        int begin = index;
        while (search.find()) {
            int stop = search.start();
            index = search.end();
            if (stop > begin) {
                token(begin, stop);
                return true;
            }
            begin = index;
        }
        index = text.length();
        if (begin == index) {
            return false;
        }
        token(begin, index);
        return true;
    }

    private void token(int start, int stop) {
        term.setEmpty().append(text, start, stop);
        offset.setOffset(correctOffset(start), correctOffset(stop));
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        text = Texts.all(input);
        search = pattern.in(text);
        index = 0;
    }

    @Override
    public void end() throws IOException {
        super.end();
        int last = correctOffset(text.length());
        offset.setOffset(last, last);
    }

    /** Tokenizers live as long as their thread; a long text need not. */
    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            text = new StringBuilder();
            search = pattern.in(text);
        }
    }
}
