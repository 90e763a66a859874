package io.elpis.index.catalog;

import com.google.protobuf.ByteString;
import io.elpis.index.log.LogPartition;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.IndexSettingsParser;
import io.elpis.model.schema.IndexSettingsWriter;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.MappingParser;
import io.elpis.model.schema.MappingWriter;
import io.elpis.protocol.node.CatalogEntry;
import io.elpis.protocol.node.ShardLog;
import java.util.Comparator;
import java.util.List;

/** Catalog values on the wire. */
public final class CatalogEntries {
    private CatalogEntries() {}

    static CatalogEntry toWire(CatalogIndex index) {
        CatalogEntry.Builder entry = CatalogEntry.newBuilder()
                .setCatalogVersion(index.version())
                .setIndexUuid(ByteString.copyFrom(index.uuid().bytes()))
                .setName(index.name().value())
                .setDeleted(index.deleted())
                .setCreatedAtMillis(index.metadata().creationMillis())
                .setSettings(ByteString.copyFrom(IndexSettingsWriter.stored(index.settings())))
                .setMappingVersion(index.mapping().version())
                .setMapping(ByteString.copyFrom(MappingWriter.stored(index.mapping())));
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
        IndexMetadata metadata = new IndexMetadata(
                new IndexName(entry.getName()),
                IndexUuid.ofBytes(entry.getIndexUuid().toByteArray()),
                entry.getCreatedAtMillis(),
                IndexSettingsParser.parse(entry.getSettings().toByteArray()),
                MappingParser.readStored(entry.getMapping().toByteArray()),
                entry.getCatalogVersion());
        return new CatalogIndex(metadata, logs, entry.getDeleted());
    }
}
