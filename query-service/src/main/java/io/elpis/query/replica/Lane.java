package io.elpis.query.replica;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs the steps of one copy, one at a time and in their order, whichever threads they run on. A step that hangs holds
 * one thread, and all that come after it wait without any. Between two steps others have their turn.
 */
final class Lane {
    interface Step {
        void run() throws IOException;
    }

    private record Queued(Step step, CompletableFuture<Void> ended) {}

    private final Queue<Queued> waiting = new ConcurrentLinkedQueue<>();
    /** Steps that wait or run. */
    private final AtomicInteger count = new AtomicInteger();

    private volatile boolean over;

    private final Executor executor;
    private final Consumer<Throwable> onFailure;

    /** @param onFailure takes what a step throws, as a part of that step */
    Lane(Executor executor, Consumer<Throwable> onFailure) {
        this.executor = executor;
        this.onFailure = onFailure;
    }

    /** @return done once the step has ended, in whatever way, or once it is known that it will not run any more */
    CompletableFuture<Void> enqueue(Step step) {
        Queued queued = new Queued(step, new CompletableFuture<>());
        waiting.add(queued);
        if (count.getAndIncrement() == 0) {
            go();
        } else if (over) {
            queued.ended.complete(null);
        }
        return queued.ended;
    }

    /** Once the executor takes nothing more, nobody waits for what it would have done. */
    private void go() {
        try {
            executor.execute(this::next);
        } catch (RejectedExecutionException shutDown) {
            over = true;
            waiting.forEach(queued -> queued.ended.complete(null));
        }
    }

    private void next() {
        Queued queued = waiting.remove();
        try {
            queued.step.run();
        } catch (Throwable failure) {
            onFailure.accept(failure);
        } finally {
            queued.ended.complete(null);
            if (count.decrementAndGet() > 0) {
                go();
            }
        }
    }
}
