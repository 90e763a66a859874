package io.elpis.query.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes a copy for those who cannot wait until it is due: one refresh for all who ask before it begins, and one task
 * at a time, however many ask. Thread-safe.
 */
final class JoinedRefresh {
    interface Refresh {
        /** @return up to where searches see everything after it */
        long run() throws IOException;
    }

    private final Executor executor;
    private final Refresh refresh;

    /** Of those who wait for a refresh that has not begun. */
    @GuardedBy("this")
    private @Nullable CompletableFuture<Long> next;

    @GuardedBy("this")
    private boolean underWay;

    JoinedRefresh(Executor executor, Refresh refresh) {
        this.executor = executor;
        this.refresh = refresh;
    }

    /** @return the offset that searches see everything before, after a refresh that begins after this call */
    CompletableFuture<Long> ask() {
        CompletableFuture<Long> answer;
        synchronized (this) {
            CompletableFuture<Long> joined = next == null ? new CompletableFuture<>() : next;
            next = joined;
            answer = joined.copy();
            if (underWay) {
                return answer;
            }
            underWay = true;
        }
        begin();
        return answer;
    }

    private void begin() {
        try {
            executor.execute(this::run);
        } catch (RuntimeException | Error refused) {
            CompletableFuture<Long> mine = take();
            synchronized (this) {
                underWay = false;
            }
            mine.completeExceptionally(refused);
        }
    }

    private void run() {
        CompletableFuture<Long> mine = take();
        try {
            mine.complete(refresh.run());
        } catch (Throwable failure) {
            mine.completeExceptionally(failure);
        }
        boolean more;
        synchronized (this) {
            more = next != null;
            underWay = more;
        }
        if (more) {
            begin();
        }
    }

    private synchronized CompletableFuture<Long> take() {
        CompletableFuture<Long> taken = next == null ? new CompletableFuture<>() : next;
        next = null;
        return taken;
    }
}
