package io.elpis.query.replica;

import com.google.protobuf.ByteString;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.record.Barrier;
import io.elpis.protocol.record.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A log in memory that delivers at once. */
public final class ListLog implements LogSource {
    private final List<LogEntry> entries = new ArrayList<>();
    private @Nullable LogReceiver receiver;
    private boolean silent;
    private boolean refusing;
    private boolean holdsBack;

    public synchronized void append(byte[] value) {
        LogEntry entry = new LogEntry(entries.size(), 1, value);
        entries.add(entry);
        if (receiver != null && !silent && !holdsBack) {
            receiver.receive(List.of(entry), entries.size());
        }
    }

    public synchronized long end() {
        return entries.size();
    }

    /** From now on the log does not answer. */
    public synchronized void fallSilent() {
        silent = true;
    }

    /** From now on whoever asks for the log's end is told that nobody answers. */
    public synchronized void refuse() {
        refusing = true;
    }

    /** From now on nothing is delivered, while the log answers as before. */
    public synchronized void holdBack() {
        holdsBack = true;
    }

    /** As when a broker lost its tail: the follower is told. */
    public void breakOff() {
        LogReceiver told;
        synchronized (this) {
            told = receiver;
            receiver = null;
        }
        if (told != null) {
            told.broken("truncated");
        }
    }

    /** As when this side cannot follow any more, whatever the log holds. */
    public void failFollowing() {
        LogReceiver told;
        synchronized (this) {
            told = receiver;
            receiver = null;
        }
        if (told != null) {
            told.failed(new IllegalStateException("cannot follow"));
        }
    }

    @Override
    public synchronized Following follow(LogAddress log, long offset, int leaderEpoch, LogReceiver to) {
        receiver = to;
        if (!holdsBack) {
            to.receive(List.copyOf(entries.subList((int) offset, entries.size())), entries.size());
        }
        return new Following() {
            @Override
            public void pause() {}

            @Override
            public void resume() {}

            @Override
            public void close() {
                stop(to);
            }
        };
    }

    private synchronized void stop(LogReceiver stopped) {
        if (receiver == stopped) {
            receiver = null;
        }
    }

    @Override
    public synchronized CompletableFuture<Long> end(LogAddress log) {
        if (refusing) {
            return CompletableFuture.failedFuture(new TimeoutException("no broker"));
        }
        return silent ? new CompletableFuture<>() : CompletableFuture.completedFuture((long) entries.size());
    }

    @Override
    public synchronized CompletableFuture<Long> barrier(LogAddress log, IndexUuid index) {
        if (silent) {
            return new CompletableFuture<>();
        }
        append(LogRecord.newBuilder()
                .setFormatVersion(1)
                .setIndexUuid(ByteString.copyFrom(index.bytes()))
                .setBarrier(Barrier.getDefaultInstance())
                .build()
                .toByteArray());
        return CompletableFuture.completedFuture((long) entries.size());
    }

    @Override
    public CompletableFuture<UUID> topicId(LogAddress log) {
        return CompletableFuture.completedFuture(new UUID(7, 7));
    }
}
