package io.elpis.e2e.fire;

import static org.awaitility.Awaitility.await;

import io.elpis.e2e.platform.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Clients that write without a pause to speak of, until they are stopped. */
public final class Writers implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(30);

    private final Account account = new Account();
    private final List<FaithfulWriter> faithful = new ArrayList<>();
    private final List<Runnable> all = new ArrayList<>();
    private final ScheduledThreadPoolExecutor threads;

    /** Two clients that replace a document each, one that sends bulks, and as many that never repeat a request. */
    public Writers(Rest rest, String index) {
        faithful.add(FaithfulWriter.ofOneDocument(rest, index, "kept-0", account));
        faithful.add(FaithfulWriter.ofOneDocument(rest, index, "kept-1", account));
        faithful.add(FaithfulWriter.ofBulks(rest, index, "many", account));
        all.addAll(faithful);
        all.add(OnceWriter.ofDocuments(rest, index, "once-0", account));
        all.add(OnceWriter.ofDocuments(rest, index, "once-1", account));
        all.add(OnceWriter.ofBulks(rest, index, "once-many", account));
        threads = new ScheduledThreadPoolExecutor(all.size());
        threads.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    public Account account() {
        return account;
    }

    public void start() {
        for (Runnable writer : all) {
            var unused = threads.scheduleWithFixedDelay(writer, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Waits until every client that repeats its requests has had some done that it began after this call. */
    public void awaitProgress(Duration limit) {
        long now = System.nanoTime();
        List<Long> before = faithful.stream().map(FaithfulWriter::done).toList();
        await("writes go on").atMost(limit).pollInterval(Duration.ofMillis(50)).until(() -> {
            for (int at = 0; at < before.size(); at++) {
                if (faithful.get(at).done() < before.get(at) + 3
                        || faithful.get(at).lastBegun() - now < 0) {
                    return false;
                }
            }
            return true;
        });
    }

    /** The longest that a write took since this was last asked, all its repetitions included. */
    public Duration longestWrite() {
        return faithful.stream()
                .map(FaithfulWriter::longest)
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /** Returns when no request is under way and none is left to repeat. */
    public void stop() {
        faithful.forEach(FaithfulWriter::finish);
        await("writes end")
                .atMost(Duration.ofSeconds(90))
                .until(() -> faithful.stream().allMatch(FaithfulWriter::finished));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(90, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a request has no end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
