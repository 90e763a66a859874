package io.elpis.model.search;

import java.util.List;

/** Paths with {@code *} for any run of characters, dots included. */
final class PathPatterns {
    private final List<String> patterns;

    PathPatterns(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether a pattern is the path. */
    boolean match(String path) {
        for (String pattern : patterns) {
            if (Wildcard.matches(pattern, path)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a pattern could match something below the path. */
    boolean mayMatchBelow(String path) {
        String prefix = path + '.';
        for (String pattern : patterns) {
            boolean[] alive = run(pattern, prefix);
            for (int at = 0; at < pattern.length(); at++) {
                if (alive[at]) {
                    return true;
                }
            }
            if (alive[pattern.length()]) {
                return true;
            }
        }
        return false;
    }

    /** Places in the pattern that it can be at after the text: linear in text times pattern, however many stars. */
    private static boolean[] run(String pattern, String text) {
        boolean[] alive = new boolean[pattern.length() + 1];
        alive[0] = true;
        passStars(pattern, alive);
        for (int at = 0; at < text.length(); at++) {
            boolean[] next = new boolean[alive.length];
            for (int place = 0; place < pattern.length(); place++) {
                if (alive[place]) {
                    char expected = pattern.charAt(place);
                    if (expected == '*') {
                        next[place] = true;
                    } else if (expected == text.charAt(at)) {
                        next[place + 1] = true;
                    }
                }
            }
            passStars(pattern, next);
            alive = next;
        }
        return alive;
    }

    private static void passStars(String pattern, boolean[] alive) {
        for (int place = 0; place < pattern.length(); place++) {
            if (alive[place] && pattern.charAt(place) == '*') {
                alive[place + 1] = true;
            }
        }
    }
}
