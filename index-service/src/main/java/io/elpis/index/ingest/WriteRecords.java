package io.elpis.index.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.elpis.index.log.RecordFormat;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.record.Condition;
import io.elpis.protocol.record.DeleteAction;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.DocumentWire;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.UpdateAction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the records of one index's writes. */
final class WriteRecords {
    private final ByteString index;
    private final long mappingVersion;
    private final long now;

    /** @param now the writer's clock in milliseconds since the epoch */
    WriteRecords(IndexUuid index, long mappingVersion, long now) {
        this.index = UnsafeByteOperations.unsafeWrap(index.bytes());
        this.mappingVersion = mappingVersion;
        this.now = now;
    }

    /** @param document the one that the write brings as a whole, packed */
    LogRecord of(Write write, @Nullable ByteString document) {
        WriteRequest request = write.request();
        DocumentOperation.Builder operation = DocumentOperation.newBuilder()
                .setOpId(write.opId())
                .setId(write.id())
                .setMappingVersion(mappingVersion)
                .setWrittenAtMillis(now);
        if (request.routing() != null) {
            operation.setRouting(request.routing());
        }
        if (request.kind() == WriteKind.CREATE) {
            operation.setCondition(Condition.newBuilder().setAbsent(true));
        } else if (request.condition() != null) {
            operation.setCondition(request.condition());
        }
        switch (request.content()) {
            case WriteContent.Nothing() -> operation.setDelete(DeleteAction.getDefaultInstance());
            case WriteContent.Document _ -> DocumentWire.putPacked(operation, Objects.requireNonNull(document));
            case WriteContent.Change change -> operation.setUpdate(update(change));
        }
        return LogRecord.newBuilder()
                .setFormatVersion(RecordFormat.VERSION)
                .setIndexUuid(index)
                .setOperation(operation)
                .build();
    }

    private static UpdateAction update(WriteContent.Change change) {
        UpdateAction.Builder update = UpdateAction.newBuilder()
                .setDoc(change.doc().unwrapped())
                .setDocAsUpsert(change.docAsUpsert())
                .setDetectNoop(change.detectNoop());
        if (change.upsert() != null) {
            update.setUpsert(change.upsert().unwrapped());
        }
        return update.build();
    }
}
