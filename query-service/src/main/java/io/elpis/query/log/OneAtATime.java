package io.elpis.query.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts questions to logs, one a log at a time. Who asks while a question is under way joins the next: the one under way
 * may have been answered already from before the asker's time. Thread-safe.
 */
final class OneAtATime<P> {
    private static final class Asking {
        CompletableFuture<Long> now = new CompletableFuture<>();

        @Nullable
        CompletableFuture<Long> next;
    }

    private final Function<P, CompletableFuture<Long>> ask;

    @GuardedBy("this")
    private final Map<P, Asking> asking = new HashMap<>();

    OneAtATime(Function<P, CompletableFuture<Long>> ask) {
        this.ask = ask;
    }

    CompletableFuture<Long> answer(P partition) {
        CompletableFuture<Long> answer;
        synchronized (this) {
            Asking present = asking.get(partition);
            if (present != null) {
                if (present.next == null) {
                    present.next = new CompletableFuture<>();
                }
                return present.next.copy();
            }
            Asking first = new Asking();
            asking.put(partition, first);
            answer = first.now.copy();
        }
        ask(partition);
        return answer;
    }

    private void ask(P partition) {
        CompletableFuture<Long> asked;
        try {
            asked = ask.apply(partition);
        } catch (Throwable e) {
            asked = CompletableFuture.failedFuture(e);
        }
        var unused = asked.whenComplete((end, failure) -> {
            CompletableFuture<Long> done = advance(partition);
            if (failure == null) {
                done.complete(end);
            } else {
                done.completeExceptionally(failure);
            }
        });
    }

    /** What others joined becomes the question under way; without any the partition is forgotten. */
    private CompletableFuture<Long> advance(P partition) {
        CompletableFuture<Long> done;
        boolean more;
        synchronized (this) {
            Asking present = Objects.requireNonNull(asking.get(partition));
            done = present.now;
            more = present.next != null;
            if (present.next != null) {
                present.now = present.next;
                present.next = null;
            } else {
                asking.remove(partition);
            }
        }
        if (more) {
            ask(partition);
        }
        return done;
    }
}
