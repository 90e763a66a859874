package io.elpis.index.log;

import com.google.errorprone.annotations.ThreadSafe;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.record.LogRecord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Control records of one kind that a partition holds before this writer appends what depends on them. Whoever needs one
 * waits for the log's confirmation: a control record that got lost on the way would leave records behind it that no
 * copy understands. That is one wait for each version, partition and writer.
 */
@ThreadSafe
final class Announcements {
    /** Versions count from 1; a partition of which nothing was ever announced has none. */
    private record Announced(long version, CompletableFuture<Void> stored) {
        boolean covers(long wanted) {
            return version >= wanted && !stored.isCompletedExceptionally();
        }
    }

    private static final byte[] KEY = {};

    private final String subject;
    private final RecordLog log;
    private final Duration patience;
    private final Map<LogPartition, Announced> announced = new ConcurrentHashMap<>();

    /** @param subject what the records tell, for errors */
    Announcements(String subject, RecordLog log, Duration patience) {
        this.subject = subject;
        this.log = log;
        this.patience = patience;
    }

    /**
     * Returns once the partitions hold the version or a newer one.
     *
     * @throws ElpisException LOG_UNAVAILABLE; none of the caller's records has been handed over then
     */
    void announce(long version, Supplier<LogRecord> record, Iterable<LogPartition> partitions) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (LogPartition partition : partitions) {
            CompletableFuture<Void> stored = stored(version, record, partition);
            if (!stored.isDone() || stored.isCompletedExceptionally()) {
                all = all.thenCombine(stored, (_, done) -> done);
            }
        }
        await(all);
    }

    /** Whether the partition is known to hold the version or a newer one. */
    boolean holds(long version, LogPartition partition) {
        Announced known = announced.get(partition);
        return known != null && known.covers(version) && known.stored.isDone();
    }

    /** Forgets partitions of indices that are gone. */
    void forget(String topic) {
        announced.keySet().removeIf(partition -> partition.topic().equals(topic));
    }

    /** How many partitions it remembers. */
    int partitions() {
        return announced.size();
    }

    private CompletableFuture<Void> stored(long version, Supplier<LogRecord> record, LogPartition partition) {
        Announced known = announced.get(partition);
        if (known != null && known.covers(version)) {
            return known.stored;
        }
        CompletableFuture<Void> mine = new CompletableFuture<>();
        Announced now = announced.compute(
                partition,
                (_, before) -> before != null && before.covers(version) ? before : new Announced(version, mine));
        if (now.stored == mine) {
            append(record.get(), partition, mine);
        }
        return now.stored;
    }

    private void append(LogRecord record, LogPartition partition, CompletableFuture<Void> stored) {
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

    private ElpisException unavailable(Exception cause) {
        return new ElpisException(
                ErrorCode.LOG_UNAVAILABLE,
                "the log did not take " + subject + " in time; no document was written",
                Map.of(),
                cause);
    }
}
