package io.elpis.index.audit;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.log.LogPartition;
import io.elpis.model.schema.ShardId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** @param wanted copies that the index asks for */
record AuditedShard(ShardId id, LogPartition log, int wanted) {

    static List<AuditedShard> of(Collection<CatalogIndex> indices) {
        List<AuditedShard> shards = new ArrayList<>();
        for (CatalogIndex index : indices) {
            for (int shard = 0; shard < index.logs().size(); shard++) {
                shards.add(new AuditedShard(
                        index.metadata().shard(shard),
                        index.logs().get(shard),
                        index.settings().copiesPerShard()));
            }
        }
        return shards;
    }
}
