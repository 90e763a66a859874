package io.elpis.index.audit;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.protobuf.ByteString;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.RecordLog;
import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.record.AuditBarrier;
import io.elpis.protocol.record.Barrier;
import io.elpis.protocol.record.LogRecord;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Appends the barriers of audits. */
@ThreadSafe
final class Marks {
    private static final int FORMAT = 1;
    private static final byte[] KEY = {};

    private final RecordLog log;
    private final Supplier<UUID> ids;

    Marks(RecordLog log, Supplier<UUID> ids) {
        this.log = log;
        this.ids = ids;
    }

    /** Fails when the log does not take the mark in time. */
    CompletableFuture<Mark> append(IndexUuid index, LogPartition partition, Duration patience) {
        CompletableFuture<Mark> appended = new CompletableFuture<>();
        Barrier barrier = AuditBarrier.of(ids.get());
        LogRecord record = LogRecord.newBuilder()
                .setFormatVersion(FORMAT)
                .setIndexUuid(ByteString.copyFrom(index.bytes()))
                .setBarrier(barrier)
                .build();
        log.append(partition, KEY, record, new RecordLog.Confirmation() {
            @Override
            public void stored(long offset) {
                appended.complete(new Mark(partition.generation(), offset, barrier));
            }

            @Override
            public void refused(ElpisException reason) {
                appended.completeExceptionally(reason);
            }

            @Override
            public void undecided(Exception reason) {
                appended.completeExceptionally(reason);
            }
        });
        return appended.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
