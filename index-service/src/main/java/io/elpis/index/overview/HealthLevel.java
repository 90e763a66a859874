package io.elpis.index.overview;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.topology.ShardMap;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** How far a health answer goes into detail. */
enum HealthLevel {
    CLUSTER,
    INDICES,
    SHARDS;

    /** @param word as sent; null: cluster */
    static HealthLevel of(@Nullable String word) {
        return switch (word) {
            case null -> CLUSTER;
            case "cluster" -> CLUSTER;
            case "indices" -> INDICES;
            case "shards" -> SHARDS;
            default ->
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "unknown level [" + word + "]: must be one of [cluster], [indices], [shards]");
        };
    }

    void write(JsonGenerator out, Collection<CatalogIndex> indices, ShardMap map) {
        if (this == CLUSTER) {
            return;
        }
        out.writeObjectPropertyStart("indices");
        for (CatalogIndex index : indices) {
            IndexHealth health = IndexHealth.of(index, map);
            out.writeObjectPropertyStart(index.name().value());
            out.writeStringProperty("status", health.status().word());
            out.writeNumberProperty("number_of_shards", index.settings().numberOfShards());
            out.writeNumberProperty("number_of_replicas", index.settings().numberOfReplicas());
            out.writeNumberProperty("active_primary_shards", health.primaries());
            counts(out, health);
            if (this == SHARDS) {
                shards(out, index, map);
            }
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void shards(JsonGenerator out, CatalogIndex index, ShardMap map) {
        out.writeObjectPropertyStart("shards");
        for (int shard = 0; shard < index.logs().size(); shard++) {
            IndexHealth health = IndexHealth.of(index, shard, map);
            out.writeObjectPropertyStart(Integer.toString(shard));
            out.writeStringProperty("status", health.status().word());
            out.writeBooleanProperty("primary_active", health.primaries() > 0);
            counts(out, health);
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void counts(JsonGenerator out, IndexHealth health) {
        out.writeNumberProperty("active_shards", health.active());
        out.writeNumberProperty("relocating_shards", health.relocating());
        out.writeNumberProperty("initializing_shards", health.initializing());
        out.writeNumberProperty("unassigned_shards", health.unassigned());
    }
}
