package io.elpis.model.schema;

import io.elpis.model.body.JsonBody;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.time.TimeValue;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads index settings: nested or flat, with {@code index.} or without, numbers as numbers or as texts. */
public final class IndexSettingsParser {
    private static final String SHARDS = "index.number_of_shards";
    private static final String REPLICAS = "index.number_of_replicas";
    static final String REFRESH = "index.refresh_interval";
    static final String RESULT_WINDOW = "index.max_result_window";
    static final String TOTAL_FIELDS = "index.mapping.total_fields.limit";
    private static final String ANALYSIS = "index.analysis.";
    private static final Set<String> SHOWN_WHEN_GIVEN = Set.of(REFRESH, RESULT_WINDOW, TOTAL_FIELDS);
    private static final int MAX_SHARDS = 1024;
    private static final int MAX_REPLICAS = 100;
    /** What a GET of the settings prints besides, so that its answer can be sent back. */
    private static final Set<String> INFORMATION =
            Set.of("index.uuid", "index.provided_name", "index.creation_date", "index.version.created");

    private IndexSettingsParser() {}

    /** A new index's settings. */
    public static IndexSettings parse(byte[] json) {
        return parse(JsonBody.object(json));
    }

    static IndexSettings parse(JsonNode json) {
        return apply(IndexSettings.DEFAULT, FlatSettings.of(json));
    }

    /**
     * The settings with those changed that may change while the index is there.
     *
     * @param index named in the error
     */
    public static IndexSettings update(IndexSettings current, byte[] json, IndexName index) {
        Map<String, @Nullable Object> flat = FlatSettings.of(JsonBody.object(json));
        for (String name : flat.keySet()) {
            if (name.equals(SHARDS) || name.startsWith(ANALYSIS)) {
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "Can't update non dynamic settings [[" + name + "]] for open indices [[" + index + "]]");
            }
        }
        return apply(current, flat);
    }

    private static IndexSettings apply(IndexSettings base, Map<String, @Nullable Object> flat) {
        IndexSettings plain = IndexSettings.DEFAULT;
        int shards = base.numberOfShards();
        int replicas = base.numberOfReplicas();
        Duration refresh = base.refreshInterval();
        int window = base.maxResultWindow();
        int totalFields = base.totalFieldsLimit();
        Map<String, Object> analysis = new LinkedHashMap<>();
        Set<String> given = new HashSet<>(base.given());
        for (Map.Entry<String, @Nullable Object> setting : flat.entrySet()) {
            String name = setting.getKey();
            Object value = setting.getValue();
            if (value == null) {
                given.remove(name);
            } else if (SHOWN_WHEN_GIVEN.contains(name)) {
                given.add(name);
            }
            switch (name) {
                case SHARDS -> shards = number(name, value, plain.numberOfShards(), 1, MAX_SHARDS);
                case REPLICAS -> replicas = number(name, value, plain.numberOfReplicas(), 0, MAX_REPLICAS);
                case REFRESH -> refresh = value == null ? plain.refreshInterval() : time(name, value);
                case RESULT_WINDOW -> window = number(name, value, plain.maxResultWindow(), 1, Integer.MAX_VALUE);
                case TOTAL_FIELDS -> totalFields = number(name, value, plain.totalFieldsLimit(), 0, Integer.MAX_VALUE);
                default -> {
                    if (name.startsWith(ANALYSIS)) {
                        if (value != null) {
                            analysis.put(name.substring(ANALYSIS.length()), value);
                        }
                    } else if (!INFORMATION.contains(name)) {
                        throw unknown(name);
                    }
                }
            }
        }
        AnalysisSettings parsed = analysis.isEmpty() ? base.analysis() : AnalysisSettingsParser.parse(analysis);
        return new IndexSettings(shards, replicas, refresh, parsed, window, totalFields, given);
    }

    private static Duration time(String name, Object value) {
        Duration interval = TimeValue.parse(value.toString(), name);
        return interval.isNegative() ? IndexSettings.NO_REFRESH : interval;
    }

    private static int number(String name, @Nullable Object value, int plain, int least, int greatest) {
        if (value == null) {
            return plain;
        }
        int number;
        try {
            number = Integer.parseInt(value.toString().strip());
        } catch (NumberFormatException e) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT, "Failed to parse value [" + value + "] for setting [" + name + "]");
        }
        if (number < least || number > greatest) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "Failed to parse value [" + value + "] for setting [" + name + "] must be "
                            + (number < least ? ">= " + least : "<= " + greatest));
        }
        return number;
    }

    static ElpisException unknown(String name) {
        return new ElpisException(
                ErrorCode.ILLEGAL_ARGUMENT,
                "unknown setting [" + name + "] please check that any required plugins are installed, or check the"
                        + " breaking changes documentation for removed settings");
    }
}
