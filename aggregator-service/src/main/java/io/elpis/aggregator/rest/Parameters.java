package io.elpis.aggregator.rest;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.indices.IndicesOptions;
import io.elpis.model.search.SearchParameters;
import io.elpis.model.search.SourceFilter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query string, by name; the last of several of a name counts. */
record Parameters(Map<String, String> values) {
    static final Parameters NONE = new Parameters(Map.of());

    private static final Set<String> EVERYWHERE = Set.of("pretty", "human", "error_trace", "filter_path", "format");

    /** @param query as sent; null: none */
    static Parameters of(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return NONE;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = equals < 0 ? pair : pair.substring(0, equals);
                values.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return new Parameters(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "failed to decode [" + text + "] of the query string");
        }
    }

    /** @throws ElpisException ILLEGAL_ARGUMENT, in OpenSearch's words, for a parameter outside {@code known} */
    void refuseUnknown(Set<String> known, String path) {
        if (values.isEmpty()) {
            return;
        }
        for (String name : values.keySet()) {
            if (!known.contains(name) && !EVERYWHERE.contains(name)) {
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "request [" + path + "] contains unrecognized parameter: [" + name + "]");
            }
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    @Nullable
    String text(String name) {
        return values.get(name);
    }

    /** Whether a read by id sees what no refresh has shown yet: also when it asks for one, which would show it. */
    boolean realtime() {
        boolean refresh = flag("refresh", false);
        return flag("realtime", true) || refresh;
    }

    /** As OpenSearch reads truth values: a name without a value is true. */
    boolean flag(String name, boolean otherwise) {
        String value = values.get(name);
        return switch (value) {
            case null -> otherwise;
            case "", "true" -> true;
            case "false" -> false;
            default ->
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "Failed to parse value [" + value + "] as only [true] or [false] are allowed.");
        };
    }

    /** Comma separated; empty when absent. */
    List<String> list(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? List.of() : List.of(value.split(","));
    }

    IndicesOptions indices() {
        if (values.isEmpty()) {
            return IndicesOptions.DEFAULT;
        }
        return new IndicesOptions(
                flag("ignore_unavailable", false),
                flag("allow_no_indices", true),
                IndicesOptions.expands(values.getOrDefault("expand_wildcards", "open")));
    }

    /** What {@code _source} and its companions say; everything when they say nothing. */
    SourceFilter source() {
        return values.isEmpty() ? SourceFilter.ALL : SearchParameters.source(values);
    }
}
