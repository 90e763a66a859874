package io.elpis.index.catalog;

import io.elpis.index.log.LogPartition;
import io.elpis.protocol.node.CatalogEntry;
import io.elpis.protocol.node.CatalogWire;
import io.elpis.protocol.node.ShardLog;
import java.util.Comparator;
import java.util.List;

/** Catalog values on the wire. */
public final class CatalogEntries {
    private CatalogEntries() {}

    static CatalogEntry toWire(CatalogIndex index) {
        CatalogEntry.Builder entry = CatalogWire.write(index.metadata()).setDeleted(index.deleted());
        for (int shard = 0; shard < index.logs().size(); shard++) {
            entry.addShards(shardLog(shard, index.logs().get(shard)));
        }
        return entry.build();
    }

    public static ShardLog shardLog(int shard, LogPartition log) {
        return ShardLog.newBuilder()
                .setShard(shard)
                .setTopic(log.topic())
                .setPartition(log.partition())
                .setGeneration(log.generation())
                .build();
    }

    static CatalogIndex fromWire(CatalogEntry entry) {
        List<LogPartition> logs = entry.getShardsList().stream()
                .sorted(Comparator.comparingInt(ShardLog::getShard))
                .map(log -> new LogPartition(log.getTopic(), log.getPartition(), log.getGeneration()))
                .toList();
        return new CatalogIndex(CatalogWire.read(entry), logs, entry.getDeleted());
    }
}
