package io.elpis.analysis.pattern;

import java.util.ArrayList;
import java.util.List;

/** What takes the place of a pattern's matches, in Java's syntax: texts and groups of the match. Thread-safe. */
public final class Replacement {
    /** So that a short text and a long replacement do not use up the memory of all. */
    private static final int MOST_GROWTH = 4_000_000;

    private final LinearPattern pattern;
    private final List<Piece> pieces = new ArrayList<>();

    /** @param group of which the text is taken; negative: {@code text} is */
    private record Piece(String text, int group) {}

    /**
     * @param text with {@code $1} and {@code ${name}} for groups, and a backslash before what stands for itself
     * @throws IllegalArgumentException when it names groups that the pattern has not, or is none
     */
    public Replacement(LinearPattern pattern, String text) {
        this.pattern = pattern;
        int at = 0;
        StringBuilder plain = new StringBuilder();
        while (at < text.length()) {
            char now = text.charAt(at++);
            if (now == '$') {
                pieces.add(new Piece(plain.toString(), -1));
                plain.setLength(0);
                at = group(text, at);
            } else {
                if (now == '\\' && at == text.length()) {
                    throw new IllegalArgumentException("character to be escaped is missing");
                }
                plain.append(now == '\\' ? text.charAt(at++) : now);
            }
        }
        pieces.add(new Piece(plain.toString(), -1));
    }

    /**
     * @param begin behind the dollar
     * @return behind the group
     */
    private int group(String text, int begin) {
        if (text.startsWith("{", begin)) {
            int end = text.indexOf('}', begin);
            String name = end < 0 ? text.substring(begin) : text.substring(begin + 1, end);
            Integer number = pattern.namedGroups().get(name);
            if (end < 0 || number == null) {
                throw new IllegalArgumentException("No group with name {" + name + "}");
            }
            pieces.add(new Piece("", number));
            return end + 1;
        }
        int at = begin;
        int number = -1;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            int longer = Math.max(number, 0) * 10 + text.charAt(at) - '0';
            if (number >= 0 && longer > pattern.groups()) {
                break;
            }
            number = longer;
            at++;
        }
        if (number < 0) {
            throw new IllegalArgumentException("Illegal group reference");
        }
        if (number > pattern.groups()) {
            throw new IllegalArgumentException("No group " + number);
        }
        pieces.add(new Piece("", number));
        return at;
    }

    /** Hears of each match that was replaced: where its replacement begins in the result. */
    @FunctionalInterface
    interface Listener {
        void replaced(LinearPattern.Search match, int begin, int end);
    }

    /** @param all matches, or the first alone */
    CharSequence replace(CharSequence input, boolean all, Listener listener) {
        LinearPattern.Search match = pattern.in(input);
        if (!match.find()) {
            return input;
        }
        StringBuilder out = new StringBuilder();
        int done = 0;
        do {
            out.append(input, done, match.start());
            done = match.end();
            int begin = out.length();
            append(match, input, out);
            listener.replaced(match, begin, out.length());
        } while (all && match.find());
        return out.append(input, done, input.length());
    }

    private void append(LinearPattern.Search match, CharSequence input, StringBuilder out) {
        for (Piece piece : pieces) {
            int start = piece.group < 0 ? 0 : match.start(piece.group);
            int length = piece.group < 0 ? piece.text.length() : start < 0 ? 0 : match.end(piece.group) - start;
            if (out.length() + (long) length > input.length() + MOST_GROWTH) {
                throw new IllegalArgumentException("replacing pattern [" + pattern + "] makes a text of ["
                        + input.length() + "] characters more than [" + MOST_GROWTH + "] longer");
            }
            if (piece.group < 0) {
                out.append(piece.text);
            } else if (start >= 0) {
                out.append(input, start, start + length);
            }
        }
    }
}
