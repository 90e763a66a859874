package io.elpis.analysis.budget;

import java.io.IOException;
import java.io.Reader;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharFilter;

/**
 * What a character filter makes of a text, as long as it is not much longer than the text: a filter remembers of each
 * character that it puts in where it belongs.
 */
public final class LimitedText extends CharFilter {
    private static final int MOST_GROWTH = 4_000_000;

    private final Counted before;
    private final AnalysisBudget budget = AnalysisBudget.current();
    private long read;

    private LimitedText(Counted before, Reader after) {
        super(after);
        this.before = before;
    }

    public static Reader of(Reader text, UnaryOperator<Reader> filter) {
        Counted before = new Counted(text);
        return new LimitedText(before, filter.apply(before));
    }

    /** @throws IllegalArgumentException behind the last character that may be read */
    @Override
    public int read(char[] into, int from, int length) throws IOException {
        int now = input.read(into, from, length);
        if (now > 0) {
            read += now;
            budget.step(now);
        }
        if (read > before.read + MOST_GROWTH) {
            throw new IllegalArgumentException(
                    "a character filter makes a text more than [" + MOST_GROWTH + "] characters longer");
        }
        return now;
    }

    @Override
    protected int correct(int offset) {
        return offset;
    }

    private static final class Counted extends CharFilter {
        private long read;

        Counted(Reader text) {
            super(text);
        }

        @Override
        public int read(char[] into, int from, int length) throws IOException {
            int now = input.read(into, from, length);
            read += Math.max(0, now);
            return now;
        }

        @Override
        protected int correct(int offset) {
            return offset;
        }
    }
}
