package io.elpis.model.schema;

import io.elpis.model.body.JsonBody;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups the flat settings below {@code index.analysis} by part. */
public final class AnalysisSettingsParser {
    private AnalysisSettingsParser() {}

    /** Reads what {@link IndexSettingsWriter#analysis} wrote; no bytes are no settings. */
    public static AnalysisSettings parse(byte[] json) {
        if (json.length == 0) {
            return AnalysisSettings.NONE;
        }
        Map<String, Object> flat = new LinkedHashMap<>();
        FlatSettings.of(JsonBody.object(json)).forEach((name, value) -> put(flat, name, value));
        return parse(flat);
    }

    private static void put(Map<String, Object> flat, String name, @Nullable Object value) {
        if (value != null) {
            flat.put(name.substring("index.".length()), value);
        }
    }

    /** @param flat by names such as {@code analyzer.title.type} */
    static AnalysisSettings parse(Map<String, Object> flat) {
        Map<String, Map<String, Object>> analyzers = new LinkedHashMap<>();
        Map<String, Map<String, Object>> tokenizers = new LinkedHashMap<>();
        Map<String, Map<String, Object>> filters = new LinkedHashMap<>();
        Map<String, Map<String, Object>> charFilters = new LinkedHashMap<>();
        flat.forEach((name, value) -> {
            String[] parts = name.split("\\.", 3);
            Map<String, Map<String, Object>> group = switch (parts[0]) {
                case "analyzer" -> analyzers;
                case "tokenizer" -> tokenizers;
                case "filter" -> filters;
                case "char_filter" -> charFilters;
                default -> throw IndexSettingsParser.unknown("index.analysis." + name);
            };
            if (parts.length < 3) {
                throw IndexSettingsParser.unknown("index.analysis." + name);
            }
            group.computeIfAbsent(parts[1], _ -> new LinkedHashMap<>()).put(parts[2], value);
        });
        return new AnalysisSettings(analyzers, tokenizers, filters, charFilters);
    }
}
