package io.elpis.analysis.pattern;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Looks for groups that are repeated: Java's matcher takes a step down its stack with each turn of such a one, unless it
 * never gives back what it took (a possessive one), so that a long text ends in an error that no copy can go on from. How
 * far down a machine can go differs; that is why these patterns are refused before any text is there.
 */
final class RepeatedGroups {
    /** Turns of counted groups within one another. */
    private static final long MOST_TURNS = 200;

    private final String text;
    private int at;

    /** Most turns within each group that is open, the whole pattern being the first. */
    private final Deque<Long> turns = new ArrayDeque<>();

    private RepeatedGroups(String text) {
        this.text = text;
    }

    /**
     * @param text of a pattern that compiles
     * @throws IllegalArgumentException naming what is not supported
     */
    static void check(String text) {
        new RepeatedGroups(text).check();
    }

    private void check() {
        turns.push(1L);
        while (at < text.length()) {
            switch (text.charAt(at++)) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> open();
                case ')' -> close();
                default -> {}
            }
        }
    }

    private void escape() {
        if (text.startsWith("Q", at)) {
            int end = text.indexOf("\\E", at);
            at = end < 0 ? text.length() : end + 2;
        } else {
            at++;
        }
    }

    private void characterClass() {
        int depth = 1;
        while (depth > 0 && at < text.length()) {
            switch (text.charAt(at++)) {
                case '\\' -> escape();
                case '[' -> depth++;
                case ']' -> depth--;
                default -> {}
            }
        }
    }

    private void open() {
        if (text.startsWith("?", at)) {
            for (int flag = at + 1; flag < text.length() && ":)<=!>".indexOf(text.charAt(flag)) < 0; flag++) {
                if (text.charAt(flag) == 'x') {
                    throw new IllegalArgumentException("comments [(?x)] are not supported");
                }
            }
        }
        turns.push(1L);
    }

    private void close() {
        long within = turns.pop();
        long own = turnsOf(text, at);
        if (own > 1 && !isPossessive()) {
            within = own > MOST_TURNS ? own : within * own;
        }
        if (within > MOST_TURNS) {
            throw new IllegalArgumentException(
                    "a group that is repeated often is not supported: repeat a character or a"
                            + " class of them, or make it possessive as in [(a|b)*+]");
        }
        turns.push(Math.max(turns.pop(), within));
    }

    /** Of what ends here: 1 when it is not repeated. */
    private static long turnsOf(String text, int at) {
        if (at == text.length()) {
            return 1;
        }
        return switch (text.charAt(at)) {
            case '*', '+' -> Long.MAX_VALUE;
            case '{' -> {
                String bounds = text.substring(at + 1, text.indexOf('}', at));
                String most = bounds.substring(bounds.indexOf(',') + 1);
                yield most.isEmpty() ? Long.MAX_VALUE : Long.parseLong(most.strip());
            }
            default -> 1;
        };
    }

    private boolean isPossessive() {
        int end = text.charAt(at) == '{' ? text.indexOf('}', at) : at;
        return text.startsWith("+", end + 1);
    }
}
