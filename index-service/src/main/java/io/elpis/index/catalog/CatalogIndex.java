package io.elpis.index.catalog;

import io.elpis.index.log.LogPartition;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.IndexSettings;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.Mapping;
import java.util.List;

/**
 * An index and where its logs are. Its metadata's version is the catalog's version of the index's last change.
 *
 * @param logs by shard
 * @param deleted the index is gone; what remains says so
 */
public record CatalogIndex(IndexMetadata metadata, List<LogPartition> logs, boolean deleted) {
    public CatalogIndex {
        logs = List.copyOf(logs);
        if (logs.size() != metadata.settings().numberOfShards()) {
            throw new IllegalArgumentException(metadata.name() + " has "
                    + metadata.settings().numberOfShards() + " shards, but " + logs.size() + " logs");
        }
    }

    public IndexName name() {
        return metadata.name();
    }

    public IndexUuid uuid() {
        return metadata.uuid();
    }

    public IndexSettings settings() {
        return metadata.settings();
    }

    public Mapping mapping() {
        return metadata.mapping();
    }

    public long version() {
        return metadata.version();
    }

    CatalogIndex with(IndexSettings settings, Mapping mapping, boolean gone, long version) {
        return new CatalogIndex(
                new IndexMetadata(name(), uuid(), metadata.creationMillis(), settings, mapping, version), logs, gone);
    }
}
