package io.elpis.query.lucene;

/** Field patterns, where {@code *} stands for any characters. */
public final class Wildcard {
    private Wildcard() {}

    public static boolean matches(String pattern, String text) {
        int star = -1;
        int resume = 0;
        int at = 0;
        int position = 0;
        while (position < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = position;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(position)) {
                at++;
                position++;
            } else if (star >= 0) {
                at = star + 1;
                position = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
