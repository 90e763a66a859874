package io.elpis.analysis.pattern;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import org.apache.lucene.analysis.charfilter.BaseCharFilter;
import org.jspecify.annotations.Nullable;

/** Replaces what matches in a text before there are tokens. Offsets are those of the text as it was. */
public final class PatternReplacingReader extends BaseCharFilter {
    private final Replacement replacement;
    private @Nullable Reader replaced;
    private int gone;

    public PatternReplacingReader(Replacement replacement, Reader in) {
        super(in);
        this.replacement = replacement;
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        Reader result = replaced;
        if (result == null) {
            result = new StringReader(
                    replacement.replace(Texts.all(input), true, this::note).toString());
            replaced = result;
        }
        return result.read(into, from, length);
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    private void note(LinearPattern.Search match, int begin, int end) {
        int before = match.end() - match.start();
        int now = end - begin;
        if (now < before) {
            gone += before - now;
            addOffCorrectMap(end, gone);
        }
        // Each character more belongs to the last one of the match.
        for (int more = before; more < now; more++) {
            addOffCorrectMap(begin + more, Math.max(--gone, -begin - more));
        }
        if (match.end() == 0 && now > 0) {
            // What comes before all has no such one, and is where the text begins.
            addOffCorrectMap(end, gone);
        }
    }
}
