package io.elpis.index.catalog;

import com.google.errorprone.annotations.ThreadSafe;
import io.elpis.analysis.Analyzers;
import io.elpis.index.log.IndexLogs;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.LogTopics;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.indices.NoSuchIndex;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.IndexSettings;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingLimits;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What indices there are, and every change to them. */
@ThreadSafe
public final class Catalog {
    private static final Logger log = LoggerFactory.getLogger(Catalog.class);
    private static final long FIRST_GENERATION = 1;

    private final CatalogStore store;
    private final CatalogView view;
    private final IndexLogs indexLogs;
    private final MappingAnnouncer mappings;
    private final Supplier<UUID> uuids;
    private final InstantSource clock;

    Catalog(
            CatalogStore store,
            CatalogView view,
            IndexLogs indexLogs,
            MappingAnnouncer mappings,
            Supplier<UUID> uuids,
            InstantSource clock) {
        this.store = store;
        this.view = view;
        this.indexLogs = indexLogs;
        this.mappings = mappings;
        this.uuids = uuids;
        this.clock = clock;
        view.onGone(index -> mappings.forget(LogTopics.topicOf(index.uuid())));
    }

    /** What this instance knows; trails other instances' changes by some milliseconds. */
    public CatalogView view() {
        return view;
    }

    /** From memory, or else from the database. */
    public Optional<CatalogIndex> find(String name) {
        CatalogIndex known = view.find(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<CatalogIndex> stored = IndexName.isValid(name) ? store.find(name) : Optional.empty();
        stored.ifPresent(view::apply);
        return stored;
    }

    /** @throws ElpisException INDEX_NOT_FOUND */
    public CatalogIndex get(String name) {
        return find(name).orElseThrow(() -> NoSuchIndex.named(name));
    }

    /**
     * The topic comes before the row: an index that can be seen can be written to.
     *
     * @throws ElpisException RESOURCE_ALREADY_EXISTS, or ILLEGAL_ARGUMENT or MAPPER_PARSING for analyzers that cannot be
     *     built: copies could not either, and would stop at the first record
     */
    public CatalogIndex create(IndexName name, IndexDefinition definition) {
        find(name.value()).ifPresent(there -> {
            throw CatalogStore.exists(there);
        });
        IndexSettings settings = definition.settings();
        Analyzers analyzers = Analyzers.of(settings.analysis());
        analyzers.rehearse();
        analyzers.check(definition.mapping());
        IndexUuid uuid = new IndexUuid(uuids.get());
        indexLogs.create(uuid, settings.numberOfShards());
        String topic = LogTopics.topicOf(uuid);
        List<LogPartition> logs = IntStream.range(0, settings.numberOfShards())
                .mapToObj(shard -> new LogPartition(topic, shard, FIRST_GENERATION))
                .toList();
        CatalogIndex created;
        try {
            created = store.create(new CatalogIndex(
                    new IndexMetadata(name, uuid, clock.millis(), settings, definition.mapping(), 0), logs, false));
        } catch (ElpisException e) {
            // Without an answer the row may be there: its topic stays, and is swept later if it is an orphan.
            if (e.code().isCallersFault()) {
                discard(uuid, e);
            }
            throw e;
        }
        view.apply(created);
        log.atInfo()
                .addKeyValue("index", name)
                .addKeyValue("uuid", uuid)
                .addKeyValue("shards", settings.numberOfShards())
                .addKeyValue("copies", settings.copiesPerShard())
                .log("index created");
        announce(created);
        return created;
    }

    /** Finds the index or creates it with all defaults. */
    public CatalogIndex getOrCreate(String name) {
        Optional<CatalogIndex> known = find(name);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return create(new IndexName(name), new IndexDefinition(IndexSettings.DEFAULT, Mapping.EMPTY));
        } catch (ElpisException e) {
            if (e.code() == ErrorCode.RESOURCE_ALREADY_EXISTS) {
                return get(name);
            }
            throw e;
        }
    }

    /**
     * @param update pure: from the newest mapping to the wanted one, the same one when nothing is to change
     * @throws ElpisException what {@code update} throws, ILLEGAL_ARGUMENT for too many fields or bytes, or
     *     MAPPER_PARSING for an analyzer that is not there
     */
    public CatalogIndex updateMapping(CatalogIndex index, UnaryOperator<Mapping> update) {
        CatalogIndex changed = extendMapping(index, withAnalyzers(index, update));
        announce(changed);
        return changed;
    }

    /** Throws what {@link #updateMapping} would, as far as the index is known here; changes nothing. */
    public void checkUpdate(CatalogIndex index, UnaryOperator<Mapping> update) {
        var unused = withinLimits(index, withAnalyzers(index, update)).apply(index.mapping());
    }

    private static UnaryOperator<Mapping> withAnalyzers(CatalogIndex index, UnaryOperator<Mapping> update) {
        Analyzers analyzers = Analyzers.of(index.settings().analysis());
        return mapping -> {
            Mapping updated = update.apply(mapping);
            analyzers.check(updated);
            return updated;
        };
    }

    private static UnaryOperator<Mapping> withinLimits(CatalogIndex index, UnaryOperator<Mapping> update) {
        return mapping -> {
            Mapping updated = update.apply(mapping);
            if (!updated.sameFields(mapping)) {
                MappingLimits.check(updated, mapping, index.settings());
            }
            return updated;
        };
    }

    /** The same for a writer, which announces the mapping itself where it uses it. Its fields name no analyzers. */
    public CatalogIndex extendMapping(CatalogIndex index, UnaryOperator<Mapping> update) {
        CatalogIndex changed = store.updateMapping(index.uuid(), withinLimits(index, update));
        view.apply(changed);
        return changed;
    }

    public CatalogIndex updateSettings(CatalogIndex index, UnaryOperator<IndexSettings> update) {
        CatalogIndex changed = store.updateSettings(index.uuid(), update);
        view.apply(changed);
        return changed;
    }

    /** The log's topic and the copies' files go later, once the placement says so. */
    public CatalogIndex delete(CatalogIndex index) {
        CatalogIndex deleted = store.delete(index.uuid());
        view.apply(deleted);
        log.atInfo()
                .addKeyValue("index", index.name())
                .addKeyValue("uuid", index.uuid())
                .log("index deleted");
        return deleted;
    }

    /** Forgets indices that are deleted and whose logs are gone; a uuid never comes back. */
    public void purge(Collection<IndexUuid> gone) {
        store.purge(gone);
        view.forget(gone);
    }

    /** Those of the indices that nobody has heard of, neither the topic that all follow nor the database. */
    public Set<IndexUuid> unheardOf(Collection<IndexUuid> indices) {
        Set<IndexUuid> unknown = indices.stream()
                .filter(index -> view.find(index) == null)
                .collect(Collectors.toCollection(HashSet::new));
        if (!unknown.isEmpty()) {
            unknown.removeAll(store.known(unknown));
        }
        return unknown;
    }

    /** So that copies know the mapping before the first document; a writer would repeat it if this fails. */
    private void announce(CatalogIndex index) {
        try {
            mappings.announce(index.metadata(), index.logs());
        } catch (ElpisException e) {
            log.atWarn()
                    .addKeyValue("index", index.name())
                    .addKeyValue("reason", e.reason())
                    .log("mapping not announced in every shard's log yet");
        }
    }

    private void discard(IndexUuid index, ElpisException reason) {
        try {
            indexLogs.discard(index);
        } catch (ElpisException e) {
            reason.addSuppressed(e);
        }
    }
}
