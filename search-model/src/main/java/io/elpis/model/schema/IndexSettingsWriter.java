package io.elpis.model.schema;

import io.elpis.model.json.Json;
import io.elpis.model.time.TimeValue;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Prints index settings: in OpenSearch's nested form, and flat as the catalog keeps them. */
public final class IndexSettingsWriter {
    private IndexSettingsWriter() {}

    /** The form the catalog keeps; {@link IndexSettingsParser#parse(byte[])} reads it to an equal value. */
    public static byte[] stored(IndexSettings settings) {
        return Json.write(out -> {
            out.writeStartObject();
            members(settings, out);
            out.writeEndObject();
        });
    }

    /** The members of the {@code index} object as OpenSearch prints them: numbers as texts. */
    public static void members(IndexSettings settings, JsonGenerator out) {
        out.writeStringProperty("number_of_shards", Integer.toString(settings.numberOfShards()));
        out.writeStringProperty("number_of_replicas", Integer.toString(settings.numberOfReplicas()));
        IndexSettings plain = IndexSettings.DEFAULT;
        if (settings.given().contains(IndexSettingsParser.REFRESH)
                || !settings.refreshInterval().equals(plain.refreshInterval())) {
            out.writeStringProperty("refresh_interval", TimeValue.print(settings.refreshInterval()));
        }
        if (settings.given().contains(IndexSettingsParser.RESULT_WINDOW)
                || settings.maxResultWindow() != plain.maxResultWindow()) {
            out.writeStringProperty("max_result_window", Integer.toString(settings.maxResultWindow()));
        }
        if (settings.given().contains(IndexSettingsParser.TOTAL_FIELDS)
                || settings.totalFieldsLimit() != plain.totalFieldsLimit()) {
            out.writeObjectPropertyStart("mapping");
            out.writeObjectPropertyStart("total_fields");
            out.writeStringProperty("limit", Integer.toString(settings.totalFieldsLimit()));
            out.writeEndObject();
            out.writeEndObject();
        }
        if (!settings.analysis().isEmpty()) {
            out.writeName("analysis");
            analysis(settings.analysis(), out);
        }
    }

    /** As the log keeps it; {@link AnalysisSettingsParser} reads it. Empty when there are no settings. */
    public static byte[] analysis(AnalysisSettings analysis) {
        return analysis.isEmpty() ? new byte[0] : Json.write(out -> analysis(analysis, out));
    }

    private static void analysis(AnalysisSettings analysis, JsonGenerator out) {
        out.writeStartObject();
        group("char_filter", analysis.charFilters(), out);
        group("tokenizer", analysis.tokenizers(), out);
        group("filter", analysis.filters(), out);
        group("analyzer", analysis.analyzers(), out);
        out.writeEndObject();
    }

    private static void group(String name, Map<String, Map<String, Object>> parts, JsonGenerator out) {
        if (!parts.isEmpty()) {
            out.writeName(name);
            Json.writeValue(out, parts);
        }
    }
}
