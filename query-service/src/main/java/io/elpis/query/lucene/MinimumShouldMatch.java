package io.elpis.query.lucene;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;

/** OpenSearch's {@code minimum_should_match}: {@code 2}, {@code -1}, {@code 75%}, {@code -25%}, {@code 2<-25% 9<-3}. */
final class MinimumShouldMatch {
    private MinimumShouldMatch() {}

    /** @return how many of the optional clauses must match, from 0 to their number */
    static int of(String specification, int optionalClauses) {
        try {
            return Math.clamp(calculate(specification.trim(), optionalClauses), 0, Integer.MAX_VALUE);
        } catch (NumberFormatException e) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT, "bad [minimum_should_match] value [" + specification + "]");
        }
    }

    private static int calculate(String specification, int clauses) {
        if (specification.indexOf('<') < 0) {
            return single(specification, clauses);
        }
        int result = clauses;
        for (String condition : specification.split("\\s+", -1)) {
            int sign = condition.indexOf('<');
            int above =
                    Integer.parseInt(condition.substring(0, Math.max(0, sign)).trim());
            if (clauses <= above) {
                return result;
            }
            result = single(condition.substring(sign + 1).trim(), clauses);
        }
        return result;
    }

    private static int single(String text, int clauses) {
        int wanted;
        if (text.endsWith("%")) {
            int percent = Integer.parseInt(text.substring(0, text.length() - 1));
            wanted = (int) ((long) clauses * percent / 100);
        } else {
            wanted = Integer.parseInt(text);
        }
        return wanted < 0 ? clauses + wanted : wanted;
    }
}
