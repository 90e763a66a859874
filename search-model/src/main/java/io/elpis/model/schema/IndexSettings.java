package io.elpis.model.schema;

import java.time.Duration;
import java.util.Set;

/**
 * @param refreshInterval negative: refreshed on demand only
 * @param maxResultWindow greatest {@code from + size}
 * @param totalFieldsLimit most fields a mapping may have, objects and multi-fields included
 * @param given full names of those settings that somebody set, be it to the default: they are shown
 */
public record IndexSettings(
        int numberOfShards,
        int numberOfReplicas,
        Duration refreshInterval,
        AnalysisSettings analysis,
        int maxResultWindow,
        int totalFieldsLimit,
        Set<String> given) {

    public static final Duration NO_REFRESH = Duration.ofMillis(-1);
    public static final IndexSettings DEFAULT =
            new IndexSettings(1, 1, Duration.ofSeconds(1), AnalysisSettings.NONE, 10_000, 1_000);

    public IndexSettings(
            int numberOfShards,
            int numberOfReplicas,
            Duration refreshInterval,
            AnalysisSettings analysis,
            int maxResultWindow,
            int totalFieldsLimit) {
        this(numberOfShards, numberOfReplicas, refreshInterval, analysis, maxResultWindow, totalFieldsLimit, Set.of());
    }

    public IndexSettings {
        given = Set.copyOf(given);
        if (numberOfShards < 1 || numberOfShards > 1024 || numberOfReplicas < 0 || maxResultWindow < 1) {
            throw new IllegalArgumentException(
                    "bad index settings: " + numberOfShards + " shards, " + numberOfReplicas + " replicas");
        }
    }

    public int copiesPerShard() {
        return 1 + numberOfReplicas;
    }
}
