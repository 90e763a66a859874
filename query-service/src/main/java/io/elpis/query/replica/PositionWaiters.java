package io.elpis.query.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
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

    /** Completes when everything before the offset is applied. Who stops waiting cancels it. */
    CompletableFuture<Void> until(long offset) {
        synchronized (this) {
            if (offset > reached && failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            if (offset > reached) {
                CompletableFuture<Void> future = new CompletableFuture<>();
                waiting.removeIf(waiter -> waiter.reached().isDone());
                waiting.add(new Waiter(offset, future));
                return future;
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    void reached(long offset) {
        List<Waiter> ready = new ArrayList<>();
        synchronized (this) {
            reached = offset;
            while (!waiting.isEmpty() && waiting.element().offset() <= offset) {
                ready.add(waiting.remove());
            }
        }
        ready.forEach(waiter -> waiter.reached().complete(null));
    }

    /** Nobody gets further from now on. */
    void fail(Throwable reason) {
        List<Waiter> all;
        synchronized (this) {
            failure = reason;
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(waiter -> waiter.reached().completeExceptionally(reason));
    }
}
