package io.elpis.aggregator.plan;

import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.IndexSettings;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.Mapping;
import java.util.UUID;

/** Indices for tests. */
public final class Indices {
    private Indices() {}

    public static IndexMetadata index(String name, int shards) {
        IndexSettings plain = IndexSettings.DEFAULT;
        return new IndexMetadata(
                new IndexName(name),
                new IndexUuid(new UUID(1, name.hashCode())),
                0,
                new IndexSettings(
                        shards, 1, plain.refreshInterval(), plain.analysis(), 10_000, plain.totalFieldsLimit()),
                Mapping.EMPTY,
                1);
    }
}
