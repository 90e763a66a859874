package io.elpis.query.replica;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Waits, without a thread, until a copy has got somewhere. Every wait ends with the offset that was reached, or fails
 * when its patience ends or the copy is closed. Thread-safe.
 */
public final class CatchUp {
    /** As many as OpenSearch's {@code index.max_refresh_listeners}. */
    static final int MOST_VIEWERS = 1_000;

    /** Far more than a node has threads to read with. */
    public static final int MOST_READERS = 1_000;

    private final CopyPlan plan;
    private final LogSource source;
    private final OpenCopy open;
    private final ReaderRoom readers;

    CatchUp(CopyPlan plan, LogSource source, OpenCopy open) {
        this.plan = plan;
        this.source = source;
        this.open = open;
        this.readers = new ReaderRoom(plan.shard(), MOST_READERS);
    }

    /**
     * Begins all that a reader waits for before it reads.
     *
     * @return fails with TOO_MANY_REQUESTS where {@link #MOST_READERS} wait already
     */
    public <T> CompletableFuture<T> forReader(Supplier<CompletableFuture<T>> wait) {
        return readers.admit(wait);
    }

    /** Until all is applied that the log holds now, as far as the log can tell. */
    public CompletableFuture<Long> toEnd(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        return end(patience).thenCompose(end -> applied(end, until(deadline)));
    }

    /** Until the log tells where it ends now; fails only because it does not. */
    public CompletableFuture<Long> end(Duration patience) {
        return source.end(plan.address()).orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Until a barrier is in the log; what is before the offset reached is all that the log holds now. */
    public CompletableFuture<Long> barrier(Duration patience) {
        return source.barrier(plan.address(), plan.shard().index()).orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Until everything before the offset is applied. */
    public CompletableFuture<Long> applied(long offset, Duration patience) {
        return open.waiters.until(offset, patience).thenApply(_ -> offset);
    }

    /** Until everything before the offset is visible to searches. */
    public CompletableFuture<Long> visible(long offset, Duration patience) {
        Opened now = open.now();
        if (now != null && now.copy.visibleOffset() >= offset) {
            return CompletableFuture.completedFuture(offset);
        }
        long deadline = System.nanoTime() + patience.toNanos();
        return applied(offset, patience)
                .thenCompose(_ -> refreshed(offset).orTimeout(until(deadline).toNanos(), TimeUnit.NANOSECONDS));
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    /**
     * Until everything before the offset is visible to searches because of a refresh that comes anyway. Where too many
     * wait for one already, it is made at once.
     *
     * @return whether it was made
     */
    public CompletableFuture<Boolean> shown(long offset, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        return applied(offset, patience).thenCompose(_ -> {
            Duration left = until(deadline);
            return open.viewers.size() < MOST_VIEWERS
                    ? open.viewers.until(offset, left).thenApply(_ -> false)
                    : visible(offset, left).thenApply(_ -> true);
        });
    }

    /** Fails when the copy was closed after it had applied so much, and has not got there again. */
    private CompletableFuture<Long> refreshed(long offset) {
        Opened now = open.now();
        if (now == null) {
            return CompletableFuture.failedFuture(new IOException("the copy is closed"));
        }
        return now.copy.visibleOffset() >= offset
                ? CompletableFuture.completedFuture(offset)
                : now.refresh
                        .ask()
                        .thenCompose(shown -> shown >= offset
                                ? CompletableFuture.completedFuture(offset)
                                : CompletableFuture.failedFuture(new IOException("the copy was opened anew")));
    }
}
