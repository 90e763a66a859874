package io.elpis.model.query;

import java.util.regex.Pattern;

/**
 * How many of the optional clauses have to match: {@code 2}, {@code -1} (all but one), {@code 75%}, {@code -25%} (all
 * but a quarter), {@code 2<75%} (all up to two, of more three quarters), several such with spaces between them.
 */
public final class MinimumShouldMatch {
    private static final String COUNT = "[+-]?\\d{1,9}%?";
    private static final String CONDITION = "\\d{1,9}\\s*<\\s*" + COUNT;
    private static final Pattern SYNTAX =
            Pattern.compile("\\s*(" + COUNT + "|" + CONDITION + "(\\s+" + CONDITION + ")*)\\s*");

    /** Matching takes some of the stack for each condition. */
    private static final int LONGEST = 1_000;

    private MinimumShouldMatch() {}

    public static boolean isValid(String spec) {
        return spec.length() <= LONGEST && SYNTAX.matcher(spec).matches();
    }

    /**
     * @param optionalClauses how many there are
     * @return never negative; more than there are matches nothing
     */
    public static int of(String spec, int optionalClauses) {
        String text = spec.strip();
        if (text.indexOf('<') < 0) {
            return count(text, optionalClauses);
        }
        int result = optionalClauses;
        for (String condition : text.replaceAll("\\s*<\\s*", "<").split("\\s+")) {
            int less = condition.indexOf('<');
            if (optionalClauses <= Integer.parseInt(condition.substring(0, less))) {
                return result;
            }
            result = count(condition.substring(less + 1), optionalClauses);
        }
        return result;
    }

    private static int count(String text, int clauses) {
        int wanted;
        if (text.endsWith("%")) {
            int percent = Integer.parseInt(text.substring(0, text.length() - 1));
            // Of a negative share the fraction is dropped too: all but a quarter of three are three.
            long share = (long) clauses * percent / 100;
            wanted = (int) Math.clamp(percent < 0 ? clauses + share : share, 0, Integer.MAX_VALUE);
        } else {
            int number = Integer.parseInt(text);
            wanted = number < 0 ? clauses + number : number;
        }
        return Math.max(wanted, 0);
    }
}
