package io.elpis.query.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait until a copy has applied up to an offset. Only the copy that is open now counts: what is told late of one
 * that was closed meanwhile, and may have been further, moves nobody. Thread-safe.
 */
final class PositionWaiters {
    /** @param number tells those apart who wait for the same offset */
    private record Waiter(long offset, long number, CompletableFuture<Void> reached) {
        private static final Comparator<Waiter> NEAREST_FIRST =
                Comparator.comparingLong(Waiter::offset).thenComparingLong(Waiter::number);
    }

    /** Sorted so that who gives up is found as quickly as who is next. */
    @GuardedBy("this")
    private final NavigableSet<Waiter> waiting = new TreeSet<>(Waiter.NEAREST_FIRST);

    @GuardedBy("this")
    private long lastNumber;

    /** What is open; compared by identity. */
    @GuardedBy("this")
    private @Nullable Object open;

    @GuardedBy("this")
    private long reached;

    @GuardedBy("this")
    private @Nullable Throwable failure;

    /** Completes when everything before the offset is applied; fails, and is forgotten, when patience ends before. */
    CompletableFuture<Void> until(long offset, Duration patience) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        Waiter waiter;
        synchronized (this) {
            if (offset <= reached) {
                return CompletableFuture.completedFuture(null);
            }
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            waiter = new Waiter(offset, ++lastNumber, future);
            waiting.add(waiter);
        }
        var unused = future.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS).whenComplete((_, gaveUp) -> {
            if (gaveUp != null) {
                forget(waiter);
            }
        });
        return future;
    }

    private synchronized void forget(Waiter waiter) {
        waiting.remove(waiter);
    }

    /** How many wait now. */
    synchronized int size() {
        return waiting.size();
    }

    /** The copy begins, be it again: at this offset. */
    void startAt(Object opening, long offset) {
        synchronized (this) {
            open = opening;
            failure = null;
        }
        reached(opening, offset);
    }

    /** @param opening as the copy began with it */
    void reached(Object opening, long offset) {
        List<Waiter> ready = new ArrayList<>();
        synchronized (this) {
            if (open != opening) {
                return;
            }
            reached = offset;
            while (!waiting.isEmpty() && waiting.first().offset() <= offset) {
                ready.add(waiting.removeFirst());
            }
        }
        ready.forEach(waiter -> waiter.reached().complete(null));
    }

    /** Nobody gets further until the copy begins anew. */
    void fail(Throwable reason) {
        List<Waiter> all;
        synchronized (this) {
            open = null;
            failure = reason;
            reached = -1;
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(waiter -> waiter.reached().completeExceptionally(reason));
    }
}
