package io.elpis.index.ingest;

import com.google.protobuf.UnsafeByteOperations;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.log.LogPartition;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.outcome.OperationRef;
import io.elpis.protocol.record.OpId;
import io.elpis.protocol.record.Position;

/**
 * A write as its answer tells of it.
 *
 * @param name of the index as the caller called it
 * @param notBefore an offset before which its record cannot be
 */
record ToldWrite(String name, CatalogIndex index, int shard, String id, OpId opId, long notBefore, WriteResult result) {

    ShardId shardId() {
        return index.metadata().shard(shard);
    }

    LogPartition partition() {
        return index.logs().get(shard);
    }

    /** @param offset of its record; negative when that is not known */
    Ticket ticket(long offset) {
        return new Ticket(OperationRef.newBuilder()
                .setIndexUuid(UnsafeByteOperations.unsafeWrap(index.uuid().bytes()))
                .setShard(shard)
                .setOpId(opId)
                .setId(id)
                .setAt(Position.newBuilder()
                        .setGeneration(partition().generation())
                        .setOffset(offset < 0 ? notBefore : offset))
                .setExact(offset >= 0)
                .build());
    }
}
