package io.elpis.analysis.pattern;

/** What takes the place of a pattern's matches, in Java's syntax: texts and groups of the match. Thread-safe. */
public final class Replacement {
    /** So that a short text and a long replacement do not use up the memory of all. */
    private static final int MOST_GROWTH = 4_000_000;

    private final BoundedPattern pattern;
    private final String text;

    /** @throws IllegalArgumentException when it names groups that the pattern has not, or is none */
    public Replacement(BoundedPattern pattern, String text) {
        pattern.checkReplacement(text);
        this.pattern = pattern;
        this.text = text;
    }

    /** Hears of each match that was replaced: where its replacement begins in the result. */
    @FunctionalInterface
    interface Listener {
        void replaced(BoundedPattern.Search match, int begin, int end);
    }

    /** @param all matches, or the first alone */
    CharSequence replace(CharSequence input, boolean all, Listener listener) {
        BoundedPattern.Search match = pattern.in(input);
        if (!match.find()) {
            return input;
        }
        StringBuilder out = new StringBuilder();
        int done = 0;
        do {
            int begin = out.length() + match.start() - done;
            match.replace(out, text);
            done = match.end();
            if (out.length() > input.length() + MOST_GROWTH) {
                throw new IllegalArgumentException("replacing pattern [" + pattern + "] makes a text of ["
                        + input.length() + "] characters more than [" + MOST_GROWTH + "] longer");
            }
            listener.replaced(match, begin, out.length());
        } while (all && match.find());
        return out.append(input, done, input.length());
    }
}
