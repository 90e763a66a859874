package io.elpis.analysis.pattern;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression of Java's whose search ends after a bounded number of steps. Thread-safe. */
public final class BoundedPattern {
    private static final int LONGEST = 1_000;

    private final Pattern pattern;
    private final long idleWays;

    private BoundedPattern(Pattern pattern, long idleWays) {
        this.pattern = pattern;
        this.idleWays = idleWays;
    }

    /** @throws IllegalArgumentException saying what is wrong with it, or what could cost more than can be bounded */
    public static BoundedPattern compile(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "it has [" + text.length() + "] characters, more than [" + LONGEST + "]");
        }
        try {
            Pattern pattern = Pattern.compile(text);
            return new BoundedPattern(pattern, PatternCost.idleWays(text));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription(), e);
        }
    }

    public int groups() {
        return pattern.matcher("").groupCount();
    }

    /**
     * @param replacement with {@code $1} and {@code ${name}} for groups
     * @throws IllegalArgumentException when it names groups that are not there, or is none
     */
    public void checkReplacement(String replacement) {
        try {
            // The same groups, but sure to match: what a replacement refers to is looked up when something matches
            // only.
            var unused = Pattern.compile("|" + pattern.pattern()).matcher("").replaceFirst(replacement);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    Search in(CharSequence text) {
        return new Search(pattern, new MeteredText(text, pattern, idleWays));
    }

    /** The way from match to match of one text. For one thread. */
    static final class Search {
        private final Matcher matcher;

        private Search(Pattern pattern, MeteredText text) {
            this.matcher = pattern.matcher(text);
        }

        /** @throws IllegalArgumentException when it takes too much */
        boolean find() {
            try {
                return matcher.find();
            } catch (StackOverflowError deep) {
                // What is known to go so deep is refused before; here the text decides, on every machine alike but for
                // its stack.
                throw new IllegalArgumentException(
                        "pattern [" + matcher.pattern() + "] takes too deep a stack on this text", deep);
            }
        }

        int start() {
            return matcher.start();
        }

        int end() {
            return matcher.end();
        }

        /** @return -1 where the group did not match */
        int start(int group) {
            return matcher.start(group);
        }

        int end(int group) {
            return matcher.end(group);
        }

        /** What lies between the match before and this one, and what takes this one's place. */
        void replace(StringBuilder out, String replacement) {
            matcher.appendReplacement(out, replacement);
        }
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
