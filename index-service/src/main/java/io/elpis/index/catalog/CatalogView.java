package io.elpis.index.catalog;

import com.google.errorprone.annotations.ThreadSafe;
import io.elpis.model.schema.IndexUuid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The catalog in memory: immutable snapshots, swapped. Of each index the highest version that came by counts, whatever
 * way and order it came in. Bounded by the catalog's limit on shards.
 */
@ThreadSafe
public final class CatalogView {
    /** @param byName the indices there are, in the order of their names; {@code byUuid} has the deleted ones as well */
    private record Snapshot(Map<String, CatalogIndex> byName, Map<IndexUuid, CatalogIndex> byUuid) {}

    private volatile Snapshot snapshot = new Snapshot(Collections.emptyNavigableMap(), Map.of());
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<CatalogIndex>> goneListeners = new CopyOnWriteArrayList<>();

    public @Nullable CatalogIndex find(String name) {
        return snapshot.byName.get(name);
    }

    /** Deleted ones too. */
    public @Nullable CatalogIndex find(IndexUuid uuid) {
        return snapshot.byUuid.get(uuid);
    }

    /** The indices there are, by name. */
    public Collection<CatalogIndex> indices() {
        return snapshot.byName.values();
    }

    /** All that was ever heard of, deleted ones too. */
    public Collection<CatalogIndex> known() {
        return snapshot.byUuid.values();
    }

    /** @param listener called after each change on the changing thread; must be quick */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** @param listener called once for each index that is heard to be deleted, whoever deleted it; must be quick */
    public void onGone(Consumer<CatalogIndex> listener) {
        goneListeners.add(listener);
    }

    /** Deleted indices of which nothing is left. */
    synchronized void forget(Collection<IndexUuid> gone) {
        Map<IndexUuid, CatalogIndex> byUuid = new HashMap<>(snapshot.byUuid);
        if (byUuid.values().removeIf(index -> index.deleted() && gone.contains(index.uuid()))) {
            snapshot = new Snapshot(snapshot.byName, Collections.unmodifiableMap(byUuid));
        }
    }

    void apply(CatalogIndex index) {
        apply(List.of(index));
    }

    void apply(Collection<CatalogIndex> indices) {
        List<CatalogIndex> changed = swap(indices);
        if (!changed.isEmpty()) {
            changed.stream()
                    .filter(CatalogIndex::deleted)
                    .forEach(index -> goneListeners.forEach(listener -> listener.accept(index)));
            listeners.forEach(Runnable::run);
        }
    }

    /** @return those that were news */
    private synchronized List<CatalogIndex> swap(Collection<CatalogIndex> indices) {
        Snapshot before = snapshot;
        Map<String, CatalogIndex> byName = new TreeMap<>(before.byName);
        Map<IndexUuid, CatalogIndex> byUuid = new HashMap<>(before.byUuid);
        List<CatalogIndex> changed = new ArrayList<>();
        for (CatalogIndex index : indices) {
            CatalogIndex known = byUuid.get(index.uuid());
            if (known != null && known.version() >= index.version()) {
                continue;
            }
            changed.add(index);
            byUuid.put(index.uuid(), index);
            CatalogIndex holder = byName.get(index.name().value());
            if (!index.deleted()) {
                if (holder == null || holder.version() <= index.version()) {
                    byName.put(index.name().value(), index);
                }
            } else if (holder != null && holder.uuid().equals(index.uuid())) {
                byName.remove(index.name().value());
            }
        }
        if (!changed.isEmpty()) {
            snapshot = new Snapshot(Collections.unmodifiableMap(byName), Collections.unmodifiableMap(byUuid));
        }
        return changed;
    }
}
