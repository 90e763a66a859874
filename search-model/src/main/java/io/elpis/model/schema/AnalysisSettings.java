package io.elpis.model.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An index's own analyzers and their parts, by name; each part is its parameters as given: text, or a list of texts.
 * Analyzers that every index has are not listed.
 */
public record AnalysisSettings(
        Map<String, Map<String, Object>> analyzers,
        Map<String, Map<String, Object>> tokenizers,
        Map<String, Map<String, Object>> filters,
        Map<String, Map<String, Object>> charFilters) {

    public static final AnalysisSettings NONE = new AnalysisSettings(Map.of(), Map.of(), Map.of(), Map.of());

    public AnalysisSettings {
        analyzers = copy(analyzers);
        tokenizers = copy(tokenizers);
        filters = copy(filters);
        charFilters = copy(charFilters);
    }

    public boolean isEmpty() {
        return analyzers.isEmpty() && tokenizers.isEmpty() && filters.isEmpty() && charFilters.isEmpty();
    }

    private static Map<String, Map<String, Object>> copy(Map<String, Map<String, Object>> parts) {
        Map<String, Map<String, Object>> copy = new LinkedHashMap<>();
        parts.forEach(
                (name, parameters) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(parameters))));
        return Collections.unmodifiableMap(copy);
    }
}
