package io.elpis.aggregator.plan;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.search.Wildcard;
import io.elpis.support.catalog.CatalogView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns {@code wiki,log-*,-log-old} into indices, by OpenSearch's rules. */
public final class IndexPatterns {
    private static final String ALL = "_all";

    private IndexPatterns() {}

    /**
     * @param expression comma separated names and patterns; empty: all indices
     * @return each index once, in the order of the expression
     * @throws ElpisException INDEX_NOT_FOUND when the options do not forgive it
     */
    public static List<IndexMetadata> resolve(String expression, IndicesOptions options, CatalogView catalog) {
        if (expression.isEmpty() || expression.equals(ALL) || expression.equals("*")) {
            return all(expression, options, catalog);
        }
        if (expression.indexOf(',') < 0 && expression.indexOf('*') < 0) {
            IndexMetadata only = named(expression, options, catalog);
            return only == null ? nothing(expression, options) : List.of(only);
        }
        Map<String, IndexMetadata> found = new LinkedHashMap<>();
        boolean wildcardSeen = false;
        for (String part : expression.split(",", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            if (part.charAt(0) == '-' && wildcardSeen) {
                String excluded = part.substring(1);
                found.keySet().removeIf(name -> Wildcard.matches(excluded, name));
            } else if (part.indexOf('*') >= 0 || part.equals(ALL)) {
                wildcardSeen = true;
                expand(part.equals(ALL) ? "*" : part, options, catalog, found);
            } else {
                IndexMetadata index = named(part, options, catalog);
                if (index != null) {
                    found.put(part, index);
                }
            }
        }
        return found.isEmpty() ? nothing(expression, options) : List.copyOf(found.values());
    }

    private static List<IndexMetadata> all(String expression, IndicesOptions options, CatalogView catalog) {
        if (catalog.indices().isEmpty() || !options.expandWildcards()) {
            return nothing(expression.isEmpty() ? ALL : expression, options);
        }
        return List.copyOf(catalog.indices());
    }

    private static List<IndexMetadata> nothing(String expression, IndicesOptions options) {
        if (!options.allowNoIndices()) {
            throw unknown(expression);
        }
        return List.of();
    }

    private static void expand(
            String pattern, IndicesOptions options, CatalogView catalog, Map<String, IndexMetadata> found) {
        int before = found.size();
        if (options.expandWildcards()) {
            for (IndexMetadata index : catalog.indices()) {
                if (Wildcard.matches(pattern, index.name().value())) {
                    found.put(index.name().value(), index);
                }
            }
        }
        if (found.size() == before && !options.allowNoIndices()) {
            throw unknown(pattern);
        }
    }

    private static @Nullable IndexMetadata named(String name, IndicesOptions options, CatalogView catalog) {
        IndexMetadata index = catalog.index(name).orElse(null);
        if (index != null || options.ignoreUnavailable()) {
            return index;
        }
        if (name.startsWith("_")) {
            throw new ElpisException(
                    ErrorCode.INVALID_INDEX_NAME,
                    "Invalid index name [" + name + "], must not start with '_'.",
                    Map.of("index", name, "index_uuid", "_na_"));
        }
        throw unknown(name);
    }

    /** OpenSearch's words and members for an index that does not exist. */
    public static ElpisException unknown(String name) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("index", name);
        details.put("resource.id", name);
        details.put("resource.type", "index_or_alias");
        details.put("index_uuid", "_na_");
        return new ElpisException(ErrorCode.INDEX_NOT_FOUND, "no such index [" + name + "]", details);
    }
}
