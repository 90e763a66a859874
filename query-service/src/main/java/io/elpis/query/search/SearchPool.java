package io.elpis.query.search;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that run Lucene for callers. Few, since searches are work and not waiting; what finds no room in the queue
 * is refused at once.
 */
public final class SearchPool implements Executor {
    private final ThreadPoolExecutor threads;

    /** Moving average in nanoseconds, weighing the newest with an eighth. */
    private final AtomicLong average = new AtomicLong();

    public SearchPool(int threads, int queue) {
        this.threads = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(queue),
                Thread.ofPlatform().name("search-", 0).factory());
    }

    /** @throws ElpisException TOO_MANY_REQUESTS when the queue is full */
    @Override
    public void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException full) {
            throw new ElpisException(
                    ErrorCode.TOO_MANY_REQUESTS,
                    threads.isShutdown()
                            ? "the node is shutting down"
                            : "rejected execution of a search: "
                                    + threads.getQueue().size() + " are waiting");
        }
    }

    public void took(long nanos) {
        average.accumulateAndGet(nanos, (old, now) -> old == 0 ? now : old + (now - old) / 8);
    }

    public int waiting() {
        return threads.getQueue().size();
    }

    public int active() {
        return threads.getActiveCount();
    }

    public long averageMicros() {
        return average.get() / 1_000;
    }

    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
