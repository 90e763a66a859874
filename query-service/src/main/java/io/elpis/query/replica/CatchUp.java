package io.elpis.query.replica;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits, without a thread, until a copy has got somewhere. Every wait ends with the offset that was reached, or fails
 * when its patience ends or the copy is closed. Thread-safe.
 */
public final class CatchUp {
    /** As many as OpenSearch's {@code index.max_refresh_listeners}. */
    static final int MOST_VIEWERS = 1_000;

    private final CopyPlan plan;
    private final LogSource source;
    private final PositionWaiters waiters;
    private final PositionWaiters viewers;
    private final Caretaker caretaker;
    private final Executor upkeep;
    private final Supplier<@Nullable Opened> opened;

    CatchUp(
            CopyPlan plan,
            LogSource source,
            PositionWaiters waiters,
            PositionWaiters viewers,
            Caretaker caretaker,
            Executor upkeep,
            Supplier<@Nullable Opened> opened) {
        this.plan = plan;
        this.source = source;
        this.waiters = waiters;
        this.viewers = viewers;
        this.caretaker = caretaker;
        this.upkeep = upkeep;
        this.opened = opened;
    }

    /** Until all is applied that the log holds now, as far as the log can tell. */
    public CompletableFuture<Long> toEnd(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        return source.end(plan.address())
                .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
                .thenCompose(end -> applied(end, Duration.ofNanos(deadline - System.nanoTime())));
    }

    /** Until a barrier is in the log; what is before the offset reached is all that the log holds now. */
    public CompletableFuture<Long> barrier(Duration patience) {
        return source.barrier(plan.address(), plan.shard().index()).orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Until everything before the offset is applied. */
    public CompletableFuture<Long> applied(long offset, Duration patience) {
        return waiters.until(offset, patience).thenApply(_ -> offset);
    }

    /** Until everything before the offset is visible to searches. */
    public CompletableFuture<Long> visible(long offset, Duration patience) {
        Opened now = opened.get();
        if (now != null && now.copy.visibleOffset() >= offset) {
            return CompletableFuture.completedFuture(offset);
        }
        return applied(offset, patience).thenApplyAsync(this::refreshed, upkeep);
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
            Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
            return viewers.size() < MOST_VIEWERS
                    ? viewers.until(offset, left).thenApply(_ -> false)
                    : visible(offset, left).thenApply(_ -> true);
        });
    }

    /** Many may have waited for one refresh: the first of them has done it for all. */
    private long refreshed(long offset) {
        Opened now = opened.get();
        if (now != null && now.copy.visibleOffset() < offset) {
            try {
                caretaker.refresh(now);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return offset;
    }
}
