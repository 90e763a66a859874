package io.elpis.query.search;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.query.replica.CopyView;
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
 * Keeps the points in time of answered searches open until their content is fetched. Bounded by number and by time: the
 * oldest goes first. Thread-safe.
 */
public final class Leases {
    private final int limit;
    private final long lifetime;
    private final LongSupplier nanoTime;

    /** In the order of granting, which is the order of expiry. */
    @GuardedBy("this")
    private final Map<Long, Lease> leases = new LinkedHashMap<>();

    @GuardedBy("this")
    private long lastId;

    private record Lease(List<@Nullable CopyView> views, long until) {}

    /** @param firstId leases of an earlier run of this node must not be taken for this one's */
    public Leases(int limit, Duration lifetime, LongSupplier nanoTime, long firstId) {
        this.limit = limit;
        this.lifetime = lifetime.toNanos();
        this.nanoTime = nanoTime;
        this.lastId = firstId;
    }

    /**
     * Takes the views over.
     *
     * @param views by the request's order of shards; null for a shard that did not answer
     * @return never 0
     */
    long grant(List<@Nullable CopyView> views) {
        List<Lease> ended = new ArrayList<>();
        long id;
        synchronized (this) {
            id = ++lastId == 0 ? ++lastId : lastId;
            leases.put(id, new Lease(new ArrayList<>(views), nanoTime.getAsLong() + lifetime));
            removeEnded(ended);
        }
        ended.forEach(lease -> release(lease.views()));
        return id;
    }

    /** Ends a lease and hands its views over to the caller; null when there is none of this name, or no longer. */
    @Nullable
    List<@Nullable CopyView> take(long id) {
        Lease lease;
        synchronized (this) {
            lease = leases.remove(id);
        }
        if (lease == null) {
            return null;
        }
        if (nanoTime.getAsLong() - lease.until() >= 0) {
            release(lease.views());
            return null;
        }
        return lease.views();
    }

    /** Ends what is due. Called now and then. */
    public void expire() {
        List<Lease> ended = new ArrayList<>();
        synchronized (this) {
            removeEnded(ended);
        }
        ended.forEach(lease -> release(lease.views()));
    }

    @GuardedBy("this")
    private void removeEnded(List<Lease> ended) {
        long now = nanoTime.getAsLong();
        Iterator<Lease> oldestFirst = leases.values().iterator();
        while (oldestFirst.hasNext()) {
            Lease lease = oldestFirst.next();
            if (leases.size() <= limit && now - lease.until() < 0) {
                return;
            }
            ended.add(lease);
            oldestFirst.remove();
        }
    }

    synchronized int size() {
        return leases.size();
    }

    static void release(List<@Nullable CopyView> views) {
        for (CopyView view : views) {
            if (view != null) {
                try {
                    view.release();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    public void close() {
        List<Lease> all;
        synchronized (this) {
            all = List.copyOf(leases.values());
            leases.clear();
        }
        all.forEach(lease -> release(lease.views()));
    }
}
