package io.elpis.support.catalog;

import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.node.CatalogEntry;
import io.elpis.protocol.node.CatalogSnapshot;
import io.elpis.protocol.node.CatalogWire;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All indices at one version of the catalog: an immutable snapshot. */
public final class CatalogView {
    public static final CatalogView EMPTY = new CatalogView(0, Collections.emptySortedMap());

    private final long version;
    private final SortedMap<String, IndexMetadata> byName;
    private final Map<IndexUuid, IndexMetadata> byUuid;

    private CatalogView(long version, SortedMap<String, IndexMetadata> byName) {
        this.version = version;
        this.byName = byName;
        this.byUuid = HashMap.newHashMap(byName.size());
        byName.values().forEach(index -> byUuid.put(index.uuid(), index));
    }

    /** A view with these indices. */
    public static CatalogView of(long version, Collection<IndexMetadata> indices) {
        SortedMap<String, IndexMetadata> names = new TreeMap<>();
        indices.forEach(index -> names.put(index.name().value(), index));
        return new CatalogView(version, Collections.unmodifiableSortedMap(names));
    }

    public long version() {
        return version;
    }

    public Optional<IndexMetadata> index(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Optional<IndexMetadata> index(IndexUuid uuid) {
        return Optional.ofNullable(byUuid.get(uuid));
    }

    /** By name. */
    public Collection<IndexMetadata> indices() {
        return byName.values();
    }

    /** This and what a node has read since; entries that are older than this view change nothing. */
    CatalogView plus(CatalogSnapshot news) {
        SortedMap<String, IndexMetadata> names = new TreeMap<>(byName);
        news.getEntriesList().stream()
                .filter(entry -> entry.getCatalogVersion() > version)
                .sorted(Comparator.comparingLong(CatalogEntry::getCatalogVersion))
                .forEach(entry -> apply(entry, names));
        return new CatalogView(Math.max(version, news.getVersion()), Collections.unmodifiableSortedMap(names));
    }

    private static void apply(CatalogEntry entry, SortedMap<String, IndexMetadata> names) {
        if (!entry.getDeleted()) {
            names.put(entry.getName(), CatalogWire.read(entry));
            return;
        }
        IndexMetadata named = names.get(entry.getName());
        // The name may belong to a later index by now.
        if (named != null && named.uuid().equals(uuid(entry))) {
            names.remove(entry.getName());
        }
    }

    private static IndexUuid uuid(CatalogEntry entry) {
        return IndexUuid.ofBytes(entry.getIndexUuid().toByteArray());
    }
}
