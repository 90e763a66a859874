package io.elpis.index.ingest;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.log.RecordLog;
import io.elpis.index.outcome.OutcomeTracker;
import io.elpis.index.refresh.Refresher;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.OpId;
import io.elpis.protocol.record.OutcomeReach;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The recipe of a write request: target → prepare records → append all → wait for all outcomes → refresh when asked. The
 * same for one document and for many.
 */
final class Ingest {
    private static final int MAX_ID_BYTES = 512;

    /** Handing over a large request takes time even when its caller does not want to wait for outcomes. */
    private static final Duration LEAST_TO_APPEND = Duration.ofSeconds(5);

    private final Catalog catalog;
    private final Preparation preparation;
    private final RecordLog log;
    private final OutcomeTracker outcomes;
    private final Refresher refresher;
    private final CopyProgress copies;
    private final OpIds opIds;
    private final IngestProperties properties;
    private final LongSupplier nanoTime;

    Ingest(
            Catalog catalog,
            Preparation preparation,
            RecordLog log,
            OutcomeTracker outcomes,
            Refresher refresher,
            CopyProgress copies,
            OpIds opIds,
            IngestProperties properties,
            LongSupplier nanoTime) {
        this.catalog = catalog;
        this.preparation = preparation;
        this.log = log;
        this.outcomes = outcomes;
        this.refresher = refresher;
        this.copies = copies;
        this.opIds = opIds;
        this.properties = properties;
        this.nanoTime = nanoTime;
    }

    /** @param forcedRefresh what was written is visible on every serving copy because of a refresh made for it */
    record Written(List<Write> writes, boolean forcedRefresh) {}

    /**
     * @param timeout from now on: how long outcomes, and refreshes that come anyway, are waited for
     * @return in the requests' order
     * @throws ElpisException when nothing at all was handed to the log
     */
    Written write(List<WriteRequest> requests, @Nullable IdempotencyKey key, Duration timeout, Refresh refresh) {
        if (key != null && requests.size() > OutcomeReach.REPEATABLE) {
            throw tooMany(requests.size(), "writes under an Idempotency-Key", OutcomeReach.REPEATABLE);
        }
        OpNaming naming = key == null ? (_, _) -> opIds.next() : new RepeatNames(key, requests);
        return writeNamed(requests, naming, timeout, refresh);
    }

    /** The same with operations named one by one. */
    Written writeNamed(List<WriteRequest> requests, OpNaming naming, Duration timeout, Refresh refresh) {
        if (requests.size() > outcomes.capacity()) {
            throw tooMany(requests.size(), "writes", outcomes.capacity());
        }
        long deadline = nanoTime.getAsLong() + timeout.toNanos();
        log.checkAvailable();
        List<Write> writes = requests.stream().map(Write::new).toList();
        target(writes, naming);
        List<Write> ready;
        try (Preparation.Prepared prepared = preparation.prepare(writes)) {
            ready = writes.stream().filter(Write::isOpen).toList();
            if (!ready.isEmpty()) {
                append(ready, prepared, timeout);
            }
        }
        return new Written(writes, !ready.isEmpty() && refresh(ready, refresh, deadline));
    }

    private static ElpisException tooMany(int writes, String what, int limit) {
        return new ElpisException(
                ErrorCode.CONTENT_TOO_LARGE,
                "the request has [%d] %s, more than the limit of [%d]; send them in parts"
                        .formatted(writes, what, limit));
    }

    /** An index asked for by name; a delete does not create it. */
    private record Sought(String name, boolean creates) {}

    private void target(List<Write> writes, OpNaming naming) {
        Map<String, CatalogIndex> found = new HashMap<>();
        Map<Sought, ElpisException> missing = new HashMap<>();
        for (int position = 0; position < writes.size(); position++) {
            Write write = writes.get(position);
            WriteRequest request = write.request();
            ElpisException mistake = mistake(request);
            if (mistake != null) {
                write.refuse(mistake);
                continue;
            }
            boolean creates = request.kind() != WriteKind.DELETE && properties.autoCreate() && naming.createsIndices();
            Sought sought = new Sought(request.index(), creates);
            CatalogIndex index = found.get(sought.name);
            if (index == null && !missing.containsKey(sought)) {
                try {
                    index = sought.creates ? catalog.getOrCreate(sought.name) : catalog.get(sought.name);
                    found.put(sought.name, index);
                } catch (ElpisException e) {
                    missing.put(sought, e);
                }
            }
            ElpisException failure = missing.get(sought);
            if (index != null) {
                target(write, index, naming, position);
            } else if (failure != null) {
                write.refuse(failure);
            }
        }
    }

    private void target(Write write, CatalogIndex index, OpNaming naming, int position) {
        try {
            OpId opId = naming.name(index, position);
            String id = write.request().id();
            write.target(index, opId, id == null ? opIds.documentId(opId) : id);
        } catch (ElpisException anotherIndex) {
            write.refuse(anotherIndex);
        }
    }

    private static @Nullable ElpisException mistake(WriteRequest request) {
        String id = request.id();
        if (id != null && id.isEmpty()) {
            return new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "if _id is specified it must not be empty");
        }
        ElpisException tooLong = tooLong("id", id);
        return tooLong == null ? tooLong("routing", request.routing()) : tooLong;
    }

    private static @Nullable ElpisException tooLong(String what, @Nullable String text) {
        if (text == null || text.length() * 3L <= MAX_ID_BYTES) {
            return null;
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return bytes <= MAX_ID_BYTES
                ? null
                : new ElpisException(
                        ErrorCode.ACTION_REQUEST_VALIDATION,
                        "Validation Failed: 1: " + what + " [" + text + "] is too long, must be no longer than "
                                + MAX_ID_BYTES + " bytes but was: " + bytes + ";");
    }

    private void append(List<Write> ready, Preparation.Prepared prepared, Duration timeout) {
        if (!outcomes.reserve(ready.size())) {
            throw new ElpisException(
                    ErrorCode.TOO_MANY_REQUESTS, "too many writes wait for their outcome; nothing was written");
        }
        try {
            CountDownLatch open = new CountDownLatch(ready.size());
            long start = nanoTime.getAsLong();
            handOver(ready, prepared.records(), open, start + Math.max(timeout.toNanos(), LEAST_TO_APPEND.toNanos()));
            prepared.close();
            await(open, start + timeout.toNanos() - nanoTime.getAsLong());
            ready.forEach(Write::giveUp);
        } finally {
            outcomes.release(ready.size());
        }
    }

    /**
     * In order, and none after one that the log had no room for: each further one could block as long as that one did.
     *
     * @param deadline of handing over; what is left then is refused
     */
    private void handOver(List<Write> ready, Map<Write, LogRecord> records, CountDownLatch open, long deadline) {
        ElpisException closed = null;
        Map<ShardId, Long> floors = new HashMap<>();
        for (Write write : ready) {
            LogRecord record = records.remove(write);
            write.handOver(outcomes, open, floors.computeIfAbsent(write.shard(), _ -> reached(write)));
            if (closed == null && nanoTime.getAsLong() - deadline > 0) {
                closed = new ElpisException(
                        ErrorCode.LOG_UNAVAILABLE, "the log did not take the write in time; nothing of it was written");
            }
            if (closed != null) {
                write.refused(closed);
            } else {
                byte[] key = write.id().getBytes(StandardCharsets.UTF_8);
                log.append(write.partition(), key, Objects.requireNonNull(record), write);
                closed = noRoom(write);
            }
        }
    }

    /** How far the log of a write's shard goes at least. */
    private long reached(Write write) {
        long reached = 0;
        for (long next : copies.nextOffsets(write.shard(), write.partition().generation())) {
            reached = Math.max(reached, next);
        }
        return reached;
    }

    private static @Nullable ElpisException noRoom(Write write) {
        return write.result() instanceof WriteResult.Refused(ElpisException reason)
                        && (reason.code() == ErrorCode.LOG_UNAVAILABLE || reason.code() == ErrorCode.TOO_MANY_REQUESTS)
                ? reason
                : null;
    }

    private static void await(CountDownLatch open, long nanos) {
        try {
            var unused = open.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether all copies that serve, one at least, show what was written, and not by a refresh of their own */
    private boolean refresh(List<Write> written, Refresh how, long deadline) {
        return switch (how) {
            case LATER -> false;
            case NOW -> refresh(written, Refresher.How.NOW, properties.refreshTimeout());
            case AWAITED ->
                refresh(written, Refresher.How.AWAITED, Duration.ofNanos(Math.max(1, deadline - nanoTime.getAsLong())));
        };
    }

    private boolean refresh(List<Write> written, Refresher.How how, Duration atMost) {
        Map<ShardId, Refresher.Target> targets = new HashMap<>();
        for (Write write : written) {
            if (write.result() instanceof WriteResult.Applied(var _, long offset)) {
                targets.merge(
                        write.shard(),
                        new Refresher.Target(write.shard(), write.partition().generation(), offset),
                        (a, b) -> a.lastOffset() >= b.lastOffset() ? a : b);
            }
        }
        if (targets.isEmpty()) {
            return false;
        }
        Refresher.Refreshed done = refresher.refresh(targets.values(), how, atMost);
        return done.failed() == 0 && done.forced() > 0 && done.successful() >= targets.size();
    }
}
