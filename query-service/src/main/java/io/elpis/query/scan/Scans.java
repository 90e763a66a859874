package io.elpis.query.scan;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps points in time open between the calls of those who read them. Bounded by number and by time: the one that was
 * not asked for longest goes first, and its reader goes on elsewhere. Thread-safe.
 */
public final class Scans {
    private final int limit;
    private final long lifetime;
    private final LongSupplier nanoTime;

    /** Least recently used first, which is the order of expiry. */
    @GuardedBy("this")
    private final Map<Long, Open> open = new LinkedHashMap<>();

    @GuardedBy("this")
    private long lastId;

    private record Open(Scan scan, long until) {}

    /**
     * @param lifetime after the last call
     * @param firstId leases of an earlier run of this node must not be taken for this one's
     */
    public Scans(int limit, Duration lifetime, LongSupplier nanoTime, long firstId) {
        this.limit = limit;
        this.lifetime = lifetime.toNanos();
        this.nanoTime = nanoTime;
        this.lastId = firstId;
    }

    /**
     * Takes the scan over.
     *
     * @return never 0
     */
    long add(Scan scan) {
        List<Open> ended = new ArrayList<>();
        long id;
        synchronized (this) {
            id = ++lastId == 0 ? ++lastId : lastId;
            open.put(id, new Open(scan, nanoTime.getAsLong() + lifetime));
            removeEnded(ended);
        }
        ended.forEach(Scans::release);
        return id;
    }

    /**
     * Prolongs a lease.
     *
     * @return the scan, whose view the caller releases, as if acquired; null when there is none of this name, or no
     *     longer
     */
    @Nullable
    Scan borrow(long id) {
        List<Open> ended = new ArrayList<>();
        Scan borrowed = null;
        synchronized (this) {
            removeEnded(ended);
            Open found = open.remove(id);
            if (found != null) {
                open.put(id, new Open(found.scan, nanoTime.getAsLong() + lifetime));
                found.scan.view.reader().incRef();
                borrowed = found.scan;
            }
        }
        ended.forEach(Scans::release);
        return borrowed;
    }

    /** Ends what is due. Called now and then. */
    public void expire() {
        List<Open> ended = new ArrayList<>();
        synchronized (this) {
            removeEnded(ended);
        }
        ended.forEach(Scans::release);
    }

    @GuardedBy("this")
    private void removeEnded(List<Open> ended) {
        long now = nanoTime.getAsLong();
        Iterator<Open> oldestFirst = open.values().iterator();
        while (oldestFirst.hasNext()) {
            Open each = oldestFirst.next();
            if (open.size() <= limit && now - each.until < 0) {
                return;
            }
            ended.add(each);
            oldestFirst.remove();
        }
    }

    synchronized int size() {
        return open.size();
    }

    private static void release(Open ended) {
        try {
            ended.scan.view.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void close() {
        List<Open> all;
        synchronized (this) {
            all = List.copyOf(open.values());
            open.clear();
        }
        all.forEach(Scans::release);
    }
}
