package io.elpis.query.replica;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The threads all copies of a node share. Their queues are bounded by the number of copies: each has at most a few tasks
 * waiting.
 *
 * @param appliers apply records
 * @param upkeep refreshes and commits
 * @param timer starts what is due, and does nothing long itself
 */
public record Workers(ExecutorService appliers, ExecutorService upkeep, ScheduledExecutorService timer) {

    public static Workers start(int appliers) {
        return new Workers(
                Executors.newFixedThreadPool(
                        appliers, Thread.ofPlatform().name("apply-", 0).factory()),
                Executors.newFixedThreadPool(
                        2, Thread.ofPlatform().name("upkeep-", 0).factory()),
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("timer").daemon().factory()));
    }

    public void close() {
        timer.shutdownNow();
        appliers.shutdown();
        upkeep.shutdown();
        try {
            appliers.awaitTermination(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
            upkeep.awaitTermination(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
