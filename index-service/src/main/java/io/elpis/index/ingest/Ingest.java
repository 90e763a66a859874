package io.elpis.index.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.log.RecordFormat;
import io.elpis.index.log.RecordLog;
import io.elpis.index.outcome.OutcomeTracker;
import io.elpis.index.refresh.Refresher;
import io.elpis.model.document.ParsedDocument;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.Condition;
import io.elpis.protocol.record.DeleteAction;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.DocumentWire;
import io.elpis.protocol.record.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The recipe of a write request: target → parse → announce mappings → append all → wait for all outcomes → refresh when
 * asked. The same for one document and for many.
 */
final class Ingest {
    static final int MAX_ID_BYTES = 512;

    private final Catalog catalog;
    private final DocumentParsing parsing;
    private final MappingAnnouncer mappings;
    private final RecordLog log;
    private final OutcomeTracker outcomes;
    private final Refresher refresher;
    private final OpIds opIds;
    private final IngestProperties properties;
    private final InstantSource clock;

    Ingest(
            Catalog catalog,
            MappingAnnouncer mappings,
            RecordLog log,
            OutcomeTracker outcomes,
            Refresher refresher,
            OpIds opIds,
            IngestProperties properties,
            InstantSource clock) {
        this.catalog = catalog;
        this.parsing = new DocumentParsing(catalog);
        this.mappings = mappings;
        this.log = log;
        this.outcomes = outcomes;
        this.refresher = refresher;
        this.opIds = opIds;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * @param timeout how long outcomes are waited for, from when all was appended
     * @param refresh what was written is visible to searches when this returns
     * @return in the requests' order
     * @throws ElpisException when nothing at all was handed to the log
     */
    List<Write> write(List<WriteRequest> requests, @Nullable String idempotencyKey, Duration timeout, boolean refresh) {
        log.checkAvailable();
        List<Write> writes = named(requests, idempotencyKey);
        target(writes);
        List<Write> ready = new ArrayList<>(writes.size());
        Map<Write, LogRecord> records = prepare(writes, ready);
        if (!ready.isEmpty()) {
            append(ready, records, timeout);
            if (refresh) {
                refresh(ready);
            }
        }
        return writes;
    }

    private List<Write> named(List<WriteRequest> requests, @Nullable String idempotencyKey) {
        List<Write> writes = new ArrayList<>(requests.size());
        for (WriteRequest request : requests) {
            var opId = opIds.next(idempotencyKey, writes.size());
            String id = request.id();
            Write write = new Write(request, opId, id == null ? opIds.documentId(opId) : id);
            if (id != null) {
                checkId(id, write);
            }
            writes.add(write);
        }
        return writes;
    }

    private static void checkId(String id, Write write) {
        if (id.isEmpty()) {
            write.refuse(new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "if _id is specified it must not be empty"));
            return;
        }
        if (id.length() * 3 > MAX_ID_BYTES) {
            int bytes = id.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_ID_BYTES) {
                write.refuse(new ElpisException(
                        ErrorCode.ACTION_REQUEST_VALIDATION,
                        "Validation Failed: 1: id [" + id + "] is too long, must be no longer than " + MAX_ID_BYTES
                                + " bytes but was: " + bytes + ";"));
            }
        }
    }

    private void target(List<Write> writes) {
        Map<String, CatalogIndex> found = new HashMap<>();
        Map<String, ElpisException> missing = new HashMap<>();
        for (Write write : writes) {
            if (!write.isOpen()) {
                continue;
            }
            String name = write.request().index();
            CatalogIndex index = found.get(name);
            boolean deletes = write.request().kind() == WriteKind.DELETE;
            if (index == null && !(missing.containsKey(name) && deletes)) {
                try {
                    index = deletes || !properties.autoCreate() ? catalog.get(name) : catalog.getOrCreate(name);
                    found.put(name, index);
                } catch (ElpisException e) {
                    missing.put(name, e);
                }
            }
            ElpisException failure = missing.get(name);
            if (index != null) {
                write.target(index);
            } else if (failure != null) {
                write.refuse(failure);
            }
        }
    }

    /** @param ready gets the writes that have a record, in their order */
    private Map<Write, LogRecord> prepare(List<Write> writes, List<Write> ready) {
        Map<IndexUuid, List<Write>> byIndex = new LinkedHashMap<>();
        for (Write write : writes) {
            if (write.isOpen()) {
                byIndex.computeIfAbsent(write.index().uuid(), _ -> new ArrayList<>())
                        .add(write);
            }
        }
        Map<Write, LogRecord> records = new IdentityHashMap<>(writes.size() * 2);
        byIndex.values().forEach(all -> {
            try {
                prepare(all.getFirst().index(), all, records);
            } catch (ElpisException e) {
                if (byIndex.size() == 1) {
                    throw e;
                }
                all.stream().filter(Write::isOpen).forEach(write -> write.refuse(e));
            }
        });
        for (Write write : writes) {
            if (write.isOpen()) {
                ready.add(write);
            }
        }
        return records;
    }

    private void prepare(CatalogIndex index, List<Write> all, Map<Write, LogRecord> records) {
        List<Write> documents = all.stream()
                .filter(write -> write.request().kind() != WriteKind.DELETE)
                .toList();
        DocumentParsing.Parsed parsed = parsing.parse(index, documents);
        ByteString uuid = UnsafeByteOperations.unsafeWrap(index.uuid().bytes());
        long now = clock.millis();
        Set<LogPartition> partitions = new LinkedHashSet<>();
        for (Write write : all) {
            if (write.isOpen()) {
                partitions.add(write.partition());
                records.put(
                        write,
                        record(
                                write,
                                uuid,
                                parsed.index().mapping().version(),
                                now,
                                parsed.documents().get(write)));
            }
        }
        mappings.announce(parsed.index().metadata(), partitions);
    }

    private static LogRecord record(
            Write write, ByteString uuid, long mappingVersion, long now, @Nullable ParsedDocument document) {
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
        if (document == null) {
            operation.setDelete(DeleteAction.getDefaultInstance());
        } else {
            operation.setIndex(DocumentWire.write(document));
        }
        return LogRecord.newBuilder()
                .setFormatVersion(RecordFormat.VERSION)
                .setIndexUuid(uuid)
                .setOperation(operation)
                .build();
    }

    private void append(List<Write> ready, Map<Write, LogRecord> records, Duration timeout) {
        if (!outcomes.reserve(ready.size())) {
            throw new ElpisException(
                    ErrorCode.TOO_MANY_REQUESTS, "too many writes wait for their outcome; nothing was written");
        }
        try {
            CountDownLatch open = new CountDownLatch(ready.size());
            for (Write write : ready) {
                LogRecord record = records.remove(write);
                if (record != null) {
                    write.handOver(outcomes, open);
                    log.append(write.partition(), write.id().getBytes(StandardCharsets.UTF_8), record, write);
                }
            }
            await(open, timeout);
            ready.forEach(Write::giveUp);
        } finally {
            outcomes.release(ready.size());
        }
    }

    private static void await(CountDownLatch open, Duration timeout) {
        try {
            var unused = open.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refresh(List<Write> written) {
        Map<ShardId, Refresher.Target> targets = new HashMap<>();
        for (Write write : written) {
            if (write.result() instanceof WriteResult.Applied(var _, long offset)) {
                targets.merge(
                        write.shard(),
                        new Refresher.Target(write.shard(), write.partition().generation(), offset),
                        (a, b) -> a.lastOffset() >= b.lastOffset() ? a : b);
            }
        }
        if (!targets.isEmpty()) {
            var unused = refresher.refresh(targets.values(), properties.refreshTimeout());
        }
    }
}
