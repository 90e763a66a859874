package io.elpis.analysis.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.elpis.analysis.budget.AnalysisBudget;
import java.util.Map;

/**
 * A regular expression in RE2's syntax and with its meaning. Matching needs a stack and a memory that do not grow with the
 * text, and spends the {@link AnalysisBudget}. Thread-safe.
 */
public final class LinearPattern {
    private static final int LONGEST = 1_000;
    private static final int LARGEST_PROGRAM = 500;

    private static final long STEPS_A_PROPERTY = 50;

    /** What a look at a text costs beside the program's steps. */
    private static final int STEPS_A_LOOK = 10;

    private final Pattern pattern;

    private LinearPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException saying what is wrong with it, or what is not supported */
    public static LinearPattern compile(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "it has [" + text.length() + "] characters, more than [" + LONGEST + "]");
        }
        PatternSyntax.check(text);
        try {
            return new LinearPattern(program(text));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    e.getDescription() + " (patterns are those of RE2: no lookaround, back-references and possessive"
                            + " repetitions, \\x{3000} for a character, \\p{L} for a category or script of Unicode)",
                    e);
        }
    }

    private static Pattern program(String text) {
        Pattern pattern = Pattern.compile(text);
        if (pattern.programSize() > LARGEST_PROGRAM) {
            throw new IllegalArgumentException("its program has [" + pattern.programSize() + "] steps, repetitions"
                    + " written out, more than [" + LARGEST_PROGRAM + "]");
        }
        return pattern;
    }

    /**
     * What its program and a matcher take in memory, in steps of some hundred bytes: a matcher remembers the groups' places
     * for every step, and a property of Unicode is a table of its own.
     */
    public long size() {
        long properties = pattern.pattern()
                .chars()
                .filter(one -> one == 'p' || one == 'P')
                .count();
        return (long) pattern.programSize() * (1 + pattern.groupCount() / 4) + STEPS_A_PROPERTY * properties;
    }

    public int groups() {
        return pattern.groupCount();
    }

    Map<String, Integer> namedGroups() {
        return pattern.namedGroups();
    }

    Search in(CharSequence text) {
        return new Search(pattern.matcher(new MeteredText(text, pattern.programSize() + STEPS_A_LOOK)), text.length());
    }

    /** The way from match to match of one text. For one thread. */
    static final class Search {
        private final Matcher matcher;
        private final int length;
        private int from;

        private Search(Matcher matcher, int length) {
            this.matcher = matcher;
            this.length = length;
        }

        /** @throws IllegalArgumentException when it takes too much */
        boolean find() {
            if (from > length || !matcher.find(from)) {
                return false;
            }
            from = matcher.end() == matcher.start() ? matcher.end() + 1 : matcher.end();
            return true;
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
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
