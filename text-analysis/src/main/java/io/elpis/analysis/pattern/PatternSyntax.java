package io.elpis.analysis.pattern;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Looks at a pattern before RE2/J makes a program of it. Refuses what RE2 reads otherwise than Java without an error,
 * since those who come from there would not notice, and what would make a program too large for the memory.
 */
final class PatternSyntax {
    private static final int MOST_GROUPS = 50;
    private static final long MOST_REPETITIONS = 1_000;
    /** RE2/J's compiler goes down its stack for each that may be left out. */
    private static final long MOST_OPTIONAL = 200;

    private static final long LARGEST_WRITTEN_OUT = 20_000;

    private final String text;
    /** Of each group that is open, how often its parts are written out at most. */
    private final Deque<Long> open = new ArrayDeque<>();

    private int groups;
    private int at;

    private PatternSyntax(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException naming what is not supported */
    static void check(String text) {
        new PatternSyntax(text).check();
    }

    private void check() {
        open.push(1L);
        while (at < text.length()) {
            switch (text.charAt(at++)) {
                case '\\' -> escape();
                case '[' -> characters();
                case '(' -> open();
                case ')' -> close();
                default -> repeated(1);
            }
        }
        if (text.length() * open.element() > LARGEST_WRITTEN_OUT) {
            throw new IllegalArgumentException("it is too long for what it repeats");
        }
    }

    private void escape() {
        if (text.startsWith("Q", at)) {
            int end = text.indexOf("\\E", at);
            at = end < 0 ? text.length() : end + 2;
        } else {
            escaped();
        }
        repeated(1);
    }

    /** The one character behind a backslash, and what belongs to it in braces. */
    private void escaped() {
        char name = at < text.length() ? text.charAt(at++) : '\\';
        if (name == 'v') {
            throw new IllegalArgumentException("[\\v] is not supported");
        }
        if ("xpP".indexOf(name) >= 0 && text.startsWith("{", at)) {
            int end = text.indexOf('}', at);
            at = end < 0 ? text.length() : end + 1;
        }
    }

    /** A bracket that comes first in a class stands for itself. */
    private void characters() {
        at += text.startsWith("^", at) ? 1 : 0;
        at += text.startsWith("]", at) ? 1 : 0;
        while (at < text.length() && text.charAt(at) != ']') {
            if (text.startsWith("[:", at) && text.indexOf(":]", at) > 0) {
                at = text.indexOf(":]", at) + 2;
            } else if (text.startsWith("&&", at) || text.startsWith("[", at)) {
                throw new IllegalArgumentException(
                        "classes of characters within one another are not supported: a [ stands for itself as \\[");
            } else if (text.charAt(at++) == '\\') {
                escaped();
            }
        }
        at++;
        repeated(1);
    }

    private void open() {
        if (++groups > MOST_GROUPS) {
            throw new IllegalArgumentException("it has more than [" + MOST_GROUPS + "] groups");
        }
        if (text.startsWith("?", at) && flags().contains("U")) {
            throw new IllegalArgumentException("flag [U] is not supported");
        }
        open.push(1L);
    }

    private String flags() {
        int end = at + 1;
        while (end < text.length() && "-imsU".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return text.substring(at, end);
    }

    private void close() {
        if (open.size() > 1) {
            repeated(open.pop());
        }
    }

    /** @param within how often parts of what ends here are written out */
    private void repeated(long within) {
        long times = within;
        for (long count = count(); count >= 0; count = count()) {
            times *= Math.max(1, count);
            if (times > MOST_REPETITIONS) {
                throw new IllegalArgumentException("more than [" + MOST_REPETITIONS
                        + "] repetitions, those within one another multiplied, are not supported");
            }
        }
        open.push(Math.max(open.pop(), times));
    }

    /** The greatest of those in braces that come next; negative when no such come. */
    private long count() {
        int end = text.startsWith("{", at) ? text.indexOf('}', at) : -1;
        if (end < 0 || !text.substring(at + 1, end).matches("\\d{1,9}(,\\d{0,9})?")) {
            return -1;
        }
        String[] bounds = text.substring(at + 1, end).split(",");
        long least = Long.parseLong(bounds[0]);
        long most = Math.max(least, Long.parseLong(bounds[bounds.length - 1]));
        if (most - least > MOST_OPTIONAL) {
            throw new IllegalArgumentException(
                    "more than [" + MOST_OPTIONAL + "] repetitions that may be left out are not supported");
        }
        at = end + 1;
        return most;
    }
}
