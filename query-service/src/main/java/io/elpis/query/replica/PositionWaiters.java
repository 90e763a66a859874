package io.elpis.query.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Those who wait until a copy has applied up to an offset. Thread-safe. */
final class PositionWaiters {
    private record Waiter(long offset, CompletableFuture<Void> reached) implements Comparable<Waiter> {
        @Override
        public int compareTo(Waiter other) {
            return Long.compare(offset, other.offset);
        }
    }

    @GuardedBy("this")
    private final PriorityQueue<Waiter> waiting = new PriorityQueue<>();

    @GuardedBy("this")
    private long reached;

    @GuardedBy("this")
    private @Nullable Throwable failure;

    /** Completes when everything before the offset is applied; fails, and is forgotten, when patience ends before. */
    CompletableFuture<Void> until(long offset, Duration patience) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        Waiter waiter = new Waiter(offset, future);
        synchronized (this) {
            if (offset <= reached) {
                return CompletableFuture.completedFuture(null);
            }
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
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
    void startAt(long offset) {
        synchronized (this) {
            failure = null;
        }
        reached(offset);
    }

    void reached(long offset) {
        List<Waiter> ready = new ArrayList<>();
        synchronized (this) {
            if (failure != null) {
                return;
            }
            reached = offset;
            while (!waiting.isEmpty() && waiting.element().offset() <= offset) {
                ready.add(waiting.remove());
            }
        }
        ready.forEach(waiter -> waiter.reached().complete(null));
    }

    /** Nobody gets further until the copy begins anew. */
    void fail(Throwable reason) {
        List<Waiter> all;
        synchronized (this) {
            failure = reason;
            reached = -1;
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(waiter -> waiter.reached().completeExceptionally(reason));
    }
}
