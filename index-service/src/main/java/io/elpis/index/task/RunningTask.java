package io.elpis.index.task;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A task that this instance runs. While the database does not answer it waits, and ends when the lock is lost. */
final class RunningTask implements TaskWork.Handle {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final TaskRow row;
    private final TaskStore store;
    private final TaskLocks locks;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch stopping;

    /** @param stopping at zero this instance runs no task any more */
    RunningTask(TaskRow row, TaskStore store, TaskLocks locks, CountDownLatch stopping) {
        this.row = row;
        this.store = store;
        this.locks = locks;
        this.stopping = stopping;
    }

    @Override
    public TaskRow row() {
        return row;
    }

    @Override
    public TaskControl save(byte[] progress) {
        return insist(() -> store.save(row.number(), row.epoch(), progress));
    }

    @Override
    public TaskControl look() {
        return insist(() -> store.look(row.number(), row.epoch()));
    }

    void finish(TaskAnswer answer) {
        insist(() -> store.finish(row.number(), row.epoch(), answer) ? Optional.of(answer) : Optional.empty());
    }

    private <T> T insist(Supplier<Optional<T>> work) {
        while (stopping.getCount() > 0 && locks.holds(row.number())) {
            try {
                return work.get().orElseThrow(() -> new TaskLostException(row.number()));
            } catch (ElpisException e) {
                if (e.code() != ErrorCode.SERVICE_UNAVAILABLE) {
                    throw e;
                }
                pause();
            }
        }
        throw new TaskLostException(row.number());
    }

    private void pause() {
        try {
            var unused = stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskLostException(row.number());
        }
    }

    void ended() {
        ended.countDown();
    }

    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
