package io.elpis.launcher.load;

import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.record.BrokenRecord;
import io.elpis.launcher.record.Draft;
import io.elpis.launcher.record.LoadRecord;
import io.elpis.launcher.record.RecordSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Reads sources one after the other and lets several threads make documents of what was read and send them, a batch each.
 * Reading waits while all threads are busy, so little is held in memory.
 */
public final class Loader {

    private static final long BATCH_BYTES = 4L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final BulkSender sender;
    private final int batchSize;
    private final int parallel;
    private final LoadProgress progress;
    private final LoadSummary summary = new LoadSummary();

    /**
     * @param batchSize records a request, fewer when they are large
     * @param parallel requests at a time
     */
    public Loader(GatewayClient gateway, String index, int batchSize, int parallel, LoadProgress progress) {
        this(
                new BulkSender(
                        gateway,
                        index,
                        new Backoff(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault()),
                        Pause.REAL,
                        PATIENCE),
                batchSize,
                parallel,
                progress);
    }

    Loader(BulkSender sender, int batchSize, int parallel, LoadProgress progress) {
        this.sender = sender;
        this.batchSize = batchSize;
        this.parallel = parallel;
        this.progress = progress;
    }

    public LoadSummary load(List<RecordSource> sources) throws IOException, InterruptedException {
        var free = new Semaphore(parallel);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (RecordSource source : sources) {
                var gathered = new Gathering(threads, free);
                source.read(gathered);
                gathered.handOver();
            }
            free.acquire(parallel);
        }
        return summary;
    }

    /** Collects drafts until they fill a batch. Used by the reading thread alone. */
    private final class Gathering implements RecordSource.Sink {
        private final ExecutorService threads;
        private final Semaphore free;
        private List<Draft> drafts = new ArrayList<>();
        private long bytes;

        Gathering(ExecutorService threads, Semaphore free) {
            this.threads = threads;
            this.free = free;
        }

        @Override
        public void accept(Draft draft) throws InterruptedException {
            drafts.add(draft);
            bytes += draft.bytes();
            if (drafts.size() >= batchSize || bytes >= BATCH_BYTES) {
                handOver();
            }
        }

        void handOver() throws InterruptedException {
            List<Draft> batch = drafts;
            drafts = new ArrayList<>();
            bytes = 0;
            free.acquire();
            threads.execute(() -> {
                try {
                    send(batch);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                    batch.forEach(draft -> summary.failed(new Failure(draft.origin(), "error", e.toString())));
                } finally {
                    free.release();
                }
            });
        }
    }

    private void send(List<Draft> drafts) throws InterruptedException {
        var items = new ArrayList<Batch.Item>();
        for (Draft draft : drafts) {
            try {
                LoadRecord record = draft.content().make();
                items.add(new Batch.Item(draft.origin(), record));
            } catch (BrokenRecord e) {
                summary.failed(new Failure(draft.origin(), "unreadable", String.valueOf(e.getMessage())));
            }
        }
        List<Failure> failures = sender.send(new Batch(items));
        failures.forEach(summary::failed);
        Set<String> failed = failures.stream().map(Failure::origin).collect(Collectors.toSet());
        summary.loaded(
                items.size() - failures.size(),
                items.stream()
                        .filter(item -> !failed.contains(item.origin()))
                        .mapToLong(item -> item.record().source().length)
                        .sum());
        progress.advanced(drafts.stream().mapToLong(Draft::bytes).sum(), drafts.size());
    }
}
