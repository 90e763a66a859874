package io.elpis.model.query;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The plain core of the query string syntax, for {@code ?q=}: words, {@code "phrases"}, {@code field:word}, {@code
 * field:"phrase"}, {@code *:*}. What goes beyond is refused, never guessed at.
 */
public final class QueryString {
    private static final Pattern PART = Pattern.compile("\\s*(?:([^\\s:\"]+):)?(?:\"([^\"]*)\"|([^\\s:\"]+))(?=\\s|$)");
    private static final Pattern BEYOND = Pattern.compile("[*?~^()\\[\\]{}!\\\\/]|^[+-]|&&|\\|\\||^(?:AND|OR|NOT)$");

    private QueryString() {}

    /**
     * @param defaultField of parts that name none; null: all fields
     * @param operator between the parts
     * @throws ElpisException PARSING when it is not in the core
     */
    public static QueryNode parse(String text, @Nullable String defaultField, Operator operator) {
        if (text.isBlank()) {
            return new QueryNode.MatchNone();
        }
        if (text.strip().equals("*:*") || text.strip().equals("*")) {
            return new QueryNode.MatchAll(1f);
        }
        List<QueryNode> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(text.stripTrailing());
        int at = 0;
        while (at < text.stripTrailing().length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw mistake(text, at);
            }
            parts.add(part(matcher, text, defaultField, operator));
            at = matcher.end();
        }
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        return operator == Operator.AND
                ? new QueryNode.Bool(parts, List.of(), List.of(), List.of(), null, 1f)
                : new QueryNode.Bool(List.of(), List.of(), parts, List.of(), null, 1f);
    }

    private static QueryNode part(Matcher matcher, String text, @Nullable String defaultField, Operator operator) {
        String named = matcher.group(1);
        String field = named != null ? named : defaultField;
        String phrase = matcher.group(2);
        String word = matcher.group(3);
        if (field != null && BEYOND.matcher(field).find()
                || word != null && BEYOND.matcher(word).find()) {
            throw mistake(text, matcher.start());
        }
        if (field == null) {
            return new QueryNode.MultiMatch(
                    List.of(),
                    phrase != null ? phrase : word,
                    phrase != null ? QueryNode.MultiMatch.Type.PHRASE : QueryNode.MultiMatch.Type.BEST_FIELDS,
                    operator,
                    null,
                    null,
                    null,
                    true,
                    0,
                    ZeroTerms.NONE,
                    1f);
        }
        return phrase != null
                ? new QueryNode.MatchPhrase(field, phrase, 0, null, ZeroTerms.NONE, 1f)
                : new QueryNode.Match(field, word, operator, null, null, false, ZeroTerms.NONE, 1f);
    }

    private static ElpisException mistake(String text, int at) {
        return new ElpisException(
                ErrorCode.PARSING,
                "Failed to parse query [" + text + "] at column " + (at + 1)
                        + ": only words, \"phrases\" and field:value are supported in [q]; use the query DSL");
    }
}
