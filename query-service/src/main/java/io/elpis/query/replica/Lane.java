package io.elpis.query.replica;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Runs the steps of one copy, one at a time, whichever threads they run on. */
final class Lane {
    interface Step {
        void run() throws IOException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Executor executor;
    private final Consumer<Throwable> onFailure;

    /** @param onFailure takes what a step throws, as a part of that step */
    Lane(Executor executor, Consumer<Throwable> onFailure) {
        this.executor = executor;
        this.onFailure = onFailure;
    }

    void enqueue(Step step) {
        executor.execute(() -> run(step));
    }

    /** Runs the step on this thread as soon as the one under way has ended. */
    void run(Step step) {
        lock.lock();
        try {
            step.run();
        } catch (Throwable failure) {
            onFailure.accept(failure);
        } finally {
            lock.unlock();
        }
    }
}
