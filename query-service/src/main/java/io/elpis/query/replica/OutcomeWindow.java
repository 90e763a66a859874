package io.elpis.query.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of a copy's latest operations, by offset and by op-id. Bounded by log distance and never by a clock, so
 * that it is the same on every copy at the same position. Thread-safe: one thread applies, others follow.
 */
final class OutcomeWindow {

    /** @param key null for a record that could not be read */
    record Entry(long offset, @Nullable OpKey key, DocumentOutcome outcome) {}

    private final int distance;

    @GuardedBy("this")
    private @Nullable Entry[] ring = new @Nullable Entry[256];

    @GuardedBy("this")
    private int head;

    @GuardedBy("this")
    private int size;

    /** Everything at or above this offset that had an outcome is here. */
    @GuardedBy("this")
    private long start;

    @GuardedBy("this")
    private final Map<OpKey, Entry> byKey = new HashMap<>();

    /** @param distance how many offsets back the window reaches */
    OutcomeWindow(int distance) {
        this.distance = distance;
    }

    /** The outcome of an earlier operation of this key; null when there is none within the window. */
    synchronized @Nullable DocumentOutcome find(OpKey key) {
        Entry entry = byKey.get(key);
        return entry == null ? null : entry.outcome();
    }

    /**
     * What is remembered of one key.
     *
     * @param entry null when there is none
     * @param start everything at or above this offset that had an outcome is in the window
     */
    record Memory(@Nullable Entry entry, long start) {}

    synchronized Memory remember(OpKey key) {
        return new Memory(byKey.get(key), start);
    }

    /** Offsets grow from call to call. A repeated key counts from its latest offset on. */
    synchronized void add(Entry entry) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size++) & (ring.length - 1)] = entry;
        if (entry.key() != null) {
            byKey.put(entry.key(), entry);
        }
    }

    /** Forgets what is further back from the next offset than the window's distance. */
    synchronized void evictBefore(long nextOffset) {
        start = Math.max(start, nextOffset - distance);
        while (size > 0 && at(0).offset() < start) {
            Entry evicted = at(0);
            ring[head] = null;
            head = (head + 1) & (ring.length - 1);
            size--;
            if (evicted.key() != null) {
                byKey.remove(evicted.key(), evicted);
            }
        }
    }

    /** At most {@code limit} entries from an offset on; null when that offset has left the window. */
    synchronized @Nullable List<Entry> from(long offset, int limit) {
        if (offset < start) {
            return null;
        }
        List<Entry> found = new ArrayList<>();
        for (int at = firstAtOrAfter(offset); at < size && found.size() < limit; at++) {
            found.add(at(at));
        }
        return found;
    }

    synchronized List<Entry> entries() {
        List<Entry> all = new ArrayList<>(size);
        for (int at = 0; at < size; at++) {
            all.add(at(at));
        }
        return all;
    }

    @GuardedBy("this")
    private int firstAtOrAfter(long offset) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).offset() < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @GuardedBy("this")
    private Entry at(int index) {
        return Objects.requireNonNull(ring[(head + index) & (ring.length - 1)]);
    }

    @GuardedBy("this")
    private void grow() {
        @Nullable Entry[] larger = new @Nullable Entry[2 * ring.length];
        for (int at = 0; at < size; at++) {
            larger[at] = at(at);
        }
        ring = larger;
        head = 0;
    }
}
