package io.elpis.model.indices;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.search.Wildcard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@code wiki,log-*,-log-old} into indices, by OpenSearch's rules.
 *
 * @param <T> what is known of an index
 */
public final class IndexExpression<T> {
    private static final String ALL = "_all";

    private final KnownIndices<T> known;
    private final IndicesOptions options;
    private final Map<String, T> found = new LinkedHashMap<>();

    private IndexExpression(KnownIndices<T> known, IndicesOptions options) {
        this.known = known;
        this.options = options;
    }

    /**
     * @param expression comma separated names and patterns; empty: all indices
     * @return each index once, in the order of the expression
     * @throws ElpisException INDEX_NOT_FOUND when the options do not forgive it, and always for an empty part of a list;
     *     INVALID_INDEX_NAME for what looks like an API's name
     */
    public static <T> List<T> resolve(String expression, IndicesOptions options, KnownIndices<T> known) {
        if (isName(expression)) {
            T only = named(expression, options, known);
            return only == null ? nothing(expression, options) : List.of(only);
        }
        var resolution = new IndexExpression<>(known, options);
        resolution.readAll(expression);
        return resolution.found.isEmpty()
                ? nothing(expression.isEmpty() ? ALL : expression, options)
                : List.copyOf(resolution.found.values());
    }

    /** Whether it spells out one name. */
    private static boolean isName(String expression) {
        return !expression.isEmpty() && expression.indexOf(',') < 0 && !isPattern(expression);
    }

    /** The names that an expression spells out, whether there are such indices or not. */
    public static List<String> names(String expression) {
        List<String> names = new ArrayList<>();
        boolean patternSeen = false;
        for (String part : expression.split(",")) {
            if (isPattern(part)) {
                patternSeen = true;
            } else if (!patternSeen || !part.startsWith("-")) {
                names.add(part);
            }
        }
        return names;
    }

    /** Whether a part of a list stands for whatever matches it. */
    private static boolean isPattern(String part) {
        return part.indexOf('*') >= 0 || part.equals(ALL);
    }

    private void readAll(String expression) {
        boolean patternSeen = false;
        String[] parts = expression.isEmpty() ? new String[] {ALL} : expression.split(",");
        if (parts.length == 0) {
            throw NoSuchIndex.named("");
        }
        for (String part : parts) {
            if (part.startsWith("-") && patternSeen) {
                String excluded = part.substring(1);
                found.keySet().removeIf(name -> Wildcard.matches(excluded, name));
            } else if (isPattern(part)) {
                patternSeen = true;
                expand(part);
            } else {
                T index = named(part, options, known);
                if (index != null) {
                    found.put(part, index);
                }
            }
        }
    }

    private void expand(String pattern) {
        boolean matched = false;
        if (options.expandWildcards()) {
            for (T index : known.all()) {
                String name = known.name(index);
                if (pattern.equals(ALL) || Wildcard.matches(pattern, name)) {
                    found.put(name, index);
                    matched = true;
                }
            }
        }
        if (!matched && !options.allowNoIndices()) {
            throw NoSuchIndex.named(pattern);
        }
    }

    private static <T> @Nullable T named(String name, IndicesOptions options, KnownIndices<T> known) {
        if (name.startsWith("_")) {
            throw new ElpisException(
                    ErrorCode.INVALID_INDEX_NAME,
                    "Invalid index name [" + name + "], must not start with '_'.",
                    Map.of("index", name, "index_uuid", "_na_"));
        }
        T index = name.isEmpty() ? null : known.find(name);
        if (index == null && (name.isEmpty() || !options.ignoreUnavailable())) {
            throw NoSuchIndex.named(name);
        }
        return index;
    }

    private static <T> List<T> nothing(String expression, IndicesOptions options) {
        if (!options.allowNoIndices()) {
            throw NoSuchIndex.named(expression);
        }
        return List.of();
    }
}
