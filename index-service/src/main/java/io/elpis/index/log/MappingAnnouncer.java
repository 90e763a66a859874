package io.elpis.index.log;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.protobuf.ByteString;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.MappingWire;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Appends a mapping to a partition before this writer first uses it there. Whoever needs it waits for the log's
 * confirmation: a mapping that got lost on the way would leave records behind it that no copy understands. That is one
 * wait for each version, partition and writer.
 */
@ThreadSafe
public final class MappingAnnouncer {
    /** Versions count from 1; a partition whose mapping was never announced has none. */
    private record Announced(long version, CompletableFuture<Void> stored) {}

    private static final byte[] KEY = {};

    private final RecordLog log;
    private final Duration patience;
    private final Map<LogPartition, Announced> announced = new ConcurrentHashMap<>();

    public MappingAnnouncer(RecordLog log, Duration patience) {
        this.log = log;
        this.patience = patience;
    }

    /**
     * Returns once the partitions hold the index's mapping or a newer one.
     *
     * @throws ElpisException LOG_UNAVAILABLE; none of the caller's records has been handed over then
     */
    public void announce(IndexMetadata index, Iterable<LogPartition> partitions) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (LogPartition partition : partitions) {
            CompletableFuture<Void> stored = stored(index, partition);
            if (!stored.isDone() || stored.isCompletedExceptionally()) {
                all = all.thenCombine(stored, (_, done) -> done);
            }
        }
        await(all);
    }

    /** Forgets partitions of indices that are gone. */
    public void forget(String topic) {
        announced.keySet().removeIf(partition -> partition.topic().equals(topic));
    }

    /** How many partitions it remembers. */
    public int partitions() {
        return announced.size();
    }

    private CompletableFuture<Void> stored(IndexMetadata index, LogPartition partition) {
        long version = index.mapping().version();
        Announced known = announced.get(partition);
        if (known != null && known.version >= version && !known.stored.isCompletedExceptionally()) {
            return known.stored;
        }
        CompletableFuture<Void> mine = new CompletableFuture<>();
        Announced now = announced.compute(
                partition,
                (_, before) -> before != null && before.version >= version && !before.stored.isCompletedExceptionally()
                        ? before
                        : new Announced(version, mine));
        if (now.stored == mine) {
            append(index, partition, mine);
        }
        return now.stored;
    }

    private void append(IndexMetadata index, LogPartition partition, CompletableFuture<Void> stored) {
        LogRecord record = LogRecord.newBuilder()
                .setFormatVersion(RecordFormat.VERSION)
                .setIndexUuid(ByteString.copyFrom(index.uuid().bytes()))
                .setMapping(MappingWire.write(index.mapping(), index.settings().analysis()))
                .build();
        log.append(partition, KEY, record, new RecordLog.Confirmation() {
            @Override
            public void stored(long offset) {
                stored.complete(null);
            }

            @Override
            public void refused(ElpisException reason) {
                stored.completeExceptionally(reason);
            }

            @Override
            public void undecided(Exception reason) {
                stored.completeExceptionally(reason);
            }
        });
    }

    private void await(CompletableFuture<Void> all) {
        try {
            all.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private static ElpisException unavailable(Exception cause) {
        return new ElpisException(
                ErrorCode.LOG_UNAVAILABLE,
                "the log did not take the mapping in time; no document was written",
                Map.of(),
                cause);
    }
}
