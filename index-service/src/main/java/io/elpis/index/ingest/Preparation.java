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
    private final InstantSource clock;

    Preparation(Catalog catalog, MappingAnnouncer mappings, ApplyLogicAnnouncer applyLogic, InstantSource clock) {
        this.parsing = new DocumentParsing(catalog);
        this.mappings = mappings;
        this.applyLogic = applyLogic;
        this.clock = clock;
    }

    /**
     * Writes that cannot be made are refused, each for itself.
     *
     * @return a record for each write that is open afterwards
     * @throws ElpisException when nothing of a request for one index can be written
     */
    Map<Write, LogRecord> prepare(List<Write> writes) {
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
                refuse(all, e);
            }
        });
        return records;
    }

    private void prepare(CatalogIndex index, List<Write> all, Map<Write, LogRecord> records) {
        allowUpdates(index, all);
        DocumentParsing.Parsed parsed = parsing.parse(index, all);
        WriteRecords making =
                new WriteRecords(index.uuid(), parsed.index().mapping().version(), clock.millis());
        Set<LogPartition> partitions = new LinkedHashSet<>();
        for (Write write : all) {
            if (write.isOpen()) {
                partitions.add(write.partition());
                records.put(write, making.of(write, parsed.documents().get(write)));
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
