package io.elpis.query.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The operations newer than the open reader, by id. One thread applies, one refreshes, others read.
 *
 * <p>An operation goes to the index first and here afterwards. A refresh sets the present map aside, opens the reader
 * and forgets what was set aside: whatever was put into it is in that reader. Where no reader could be opened it stays
 * aside until the next refresh. Who looks up asks here first and opens the reader afterwards.
 */
final class LiveDocuments {
    private static final int ENTRY_OVERHEAD = 200;

    /**
     * @param source of a live document, an array of its own; null for a tombstone
     * @param routing empty where the id itself routed the document
     */
    record Entry(DocumentState state, @Nullable BytesRef source, String routing) {
        private int bytes(String id) {
            return ENTRY_OVERHEAD + id.length() + (source == null ? 0 : source.bytes.length);
        }
    }

    /** @param aside newest first; one at most unless a refresh has failed */
    private record Maps(Generation current, List<Generation> aside) {}

    private static final class Generation {
        final Map<String, Entry> entries = new ConcurrentHashMap<>();
        final LongAdder bytes = new LongAdder();
    }

    private volatile Maps maps = new Maps(new Generation(), List.of());

    void put(String id, Entry entry) {
        Generation current = maps.current();
        Entry earlier = current.entries.put(id, entry);
        current.bytes.add(entry.bytes(id) - (earlier == null ? 0 : earlier.bytes(id)));
    }

    @Nullable
    Entry find(String id) {
        Maps now = maps;
        Entry entry = now.current().entries.get(id);
        for (int at = 0; entry == null && at < now.aside().size(); at++) {
            entry = now.aside().get(at).entries.get(id);
        }
        return entry;
    }

    /** Memory held, about. */
    long bytes() {
        Maps now = maps;
        return now.current().bytes.sum()
                + now.aside().stream().mapToLong(aside -> aside.bytes.sum()).sum();
    }

    /** Sets the present map aside. */
    void beforeRefresh() {
        Maps now = maps;
        List<Generation> aside = new ArrayList<>(now.aside().size() + 1);
        aside.add(now.current());
        aside.addAll(now.aside());
        maps = new Maps(new Generation(), aside);
    }

    /** Forgets what is aside: a reader that has it was opened. */
    void afterRefresh() {
        maps = new Maps(maps.current(), List.of());
    }
}
