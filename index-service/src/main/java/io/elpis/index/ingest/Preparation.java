package io.elpis.index.ingest;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.log.ApplyLogicAnnouncer;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.record.LogRecord;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes records of targeted writes, index by index, and sees to it that the logs hold what the records rely on. */
final class Preparation {
    private final DocumentParsing parsing;
    private final MappingAnnouncer mappings;
    private final ApplyLogicAnnouncer applyLogic;
    private final ParsedRoom room;
    private final InstantSource clock;

    Preparation(
            Catalog catalog,
            MappingAnnouncer mappings,
            ApplyLogicAnnouncer applyLogic,
            ParsedRoom room,
            InstantSource clock) {
        this.parsing = new DocumentParsing(catalog);
        this.mappings = mappings;
        this.applyLogic = applyLogic;
        this.room = room;
        this.clock = clock;
    }

    /**
     * Records hold room until this is closed, which is when they have been appended.
     *
     * @param records to be taken out one by one, so that none is kept longer than it is needed
     */
    record Prepared(Map<Write, LogRecord> records, ParsedRoom.Share room) implements AutoCloseable {
        @Override
        public void close() {
            room.close();
        }
    }

    /**
     * Writes that cannot be made are refused, each for itself.
     *
     * @return with a record for each write that is open afterwards
     * @throws ElpisException when nothing of a request for one index can be written
     */
    Prepared prepare(List<Write> writes) {
        Prepared prepared = new Prepared(new IdentityHashMap<>(writes.size() * 2), room.share());
        try {
            prepare(writes, prepared);
            return prepared;
        } catch (Throwable failure) {
            prepared.close();
            throw failure;
        }
    }

    private void prepare(List<Write> writes, Prepared prepared) {
        Map<IndexUuid, List<Write>> byIndex = new LinkedHashMap<>();
        for (Write write : writes) {
            if (write.isOpen()) {
                byIndex.computeIfAbsent(write.index().uuid(), _ -> new ArrayList<>())
                        .add(write);
            }
        }
        byIndex.values().forEach(all -> {
            try {
                prepare(all.getFirst().index(), all, prepared);
            } catch (ElpisException e) {
                if (byIndex.size() == 1) {
                    throw e;
                }
                refuse(all, e);
            }
        });
    }

    private void prepare(CatalogIndex index, List<Write> all, Prepared prepared) {
        allowUpdates(index, all);
        DocumentParsing.Parsed parsed = parsing.parse(index, all, prepared.room());
        WriteRecords making =
                new WriteRecords(index.uuid(), parsed.index().mapping().version(), clock.millis());
        Set<LogPartition> partitions = new LinkedHashSet<>();
        for (Write write : all) {
            if (write.isOpen()) {
                partitions.add(write.partition());
                prepared.records()
                        .put(write, making.of(write, parsed.documents().get(write)));
            }
        }
        mappings.announce(parsed.index().metadata(), partitions);
    }

    private void allowUpdates(CatalogIndex index, List<Write> all) {
        List<Write> updates = all.stream()
                .filter(write -> write.request().kind() == WriteKind.UPDATE)
                .toList();
        if (updates.isEmpty()) {
            return;
        }
        Set<LogPartition> partitions = new LinkedHashSet<>();
        updates.forEach(write -> partitions.add(write.partition()));
        try {
            applyLogic.allowUpdates(index.uuid(), partitions);
        } catch (ElpisException e) {
            refuse(updates, e);
        }
    }

    private static void refuse(List<Write> writes, ElpisException reason) {
        writes.stream().filter(Write::isOpen).forEach(write -> write.refuse(reason));
    }
}
