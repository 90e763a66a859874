package io.elpis.query.replica;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** Refreshes and commits an open copy when {@link Upkeep} says so. Thread-safe. */
final class Caretaker {
    private final Upkeep due;
    private final Executor executor;
    private final BiConsumer<Opened, Throwable> onFailure;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile long sizeInBytes;

    /** @param onFailure told what went wrong with which opening; may be called by any thread, and more than once */
    Caretaker(HostingSettings settings, Executor executor, BiConsumer<Opened, Throwable> onFailure) {
        this.due = new Upkeep(settings, System.nanoTime());
        this.executor = executor;
        this.onFailure = onFailure;
    }

    void refreshEvery(Duration interval) {
        due.refreshEvery(interval);
    }

    /** On disk, as of the last commit. */
    long sizeInBytes() {
        return sizeInBytes;
    }

    /**
     * Returns at once: the work is done by the executor.
     *
     * @param awaited somebody waits for the next refresh
     */
    void look(Opened kept, boolean serving, boolean awaited, long now) {
        Upkeep.Progress progress = kept.progress();
        boolean refresh = serving && due.refreshDue(progress, awaited, now);
        boolean commit = due.commitDue(progress, now);
        if ((refresh || commit || !kept.copy.isWritable()) && scheduled.compareAndSet(false, true)) {
            executor.execute(() -> work(kept, refresh, commit));
        }
    }

    private void work(Opened kept, boolean refresh, boolean commit) {
        try {
            if (!kept.copy.isWritable()) {
                throw new IOException("the index can no longer be written", kept.copy.tragedy());
            }
            if (refresh) {
                due.refreshed(System.nanoTime());
                kept.copy.refresh();
            }
            if (commit) {
                due.committed(System.nanoTime());
                kept.copy.commit();
                sizeInBytes = kept.copy.sizeInBytes();
            }
        } catch (Throwable failure) {
            onFailure.accept(kept, failure);
        } finally {
            scheduled.set(false);
        }
    }

    /** Refreshes what has become stale while nobody searched. */
    void beforeSearch(Opened kept) throws IOException {
        if (due.searchRefreshes(kept.progress(), System.nanoTime())) {
            refresh(kept);
        }
    }

    void refresh(Opened kept) throws IOException {
        try {
            due.refreshed(System.nanoTime());
            kept.copy.refresh();
        } catch (IOException | RuntimeException | Error e) {
            onFailure.accept(kept, e);
            throw e;
        }
    }
}
