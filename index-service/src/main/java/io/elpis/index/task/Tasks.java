package io.elpis.index.task;

import com.google.errorprone.annotations.ThreadSafe;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.error.ErrorBody;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts tasks, runs them, and takes over those whose instance is gone. */
@ThreadSafe
public final class Tasks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Tasks.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration END = Duration.ofSeconds(5);

    private final TaskStore store;
    private final TaskLocks locks;
    private final TaskWork work;
    private final String instance;
    private final Map<Long, RunningTask> running = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    Tasks(TaskStore store, TaskLocks locks, TaskWork work, String instance) {
        this.store = store;
        this.locks = locks;
        this.work = work;
        this.instance = instance;
    }

    /**
     * @param owner the caller it works for
     * @param requestsPerSecond negative: as fast as it goes
     * @throws ElpisException TOO_MANY_REQUESTS; SERVICE_UNAVAILABLE when there is no such task; TIMED_OUT when nobody
     *     knows
     */
    public Started start(String action, String description, String owner, byte[] request, float requestsPerSecond) {
        long number = store.add(new TaskStore.Wanted(action, description, owner, request, requestsPerSecond), instance);
        adopt(number);
        return new Started(number, TaskRow.name(instance, number));
    }

    /** @param name by which callers ask for it */
    public record Started(long number, String name) {}

    public Optional<TaskRow> find(long number) {
        return store.find(number);
    }

    private TaskRow get(long number) {
        return store.find(number)
                .orElseThrow(() ->
                        new ElpisException(ErrorCode.RESOURCE_NOT_FOUND, "task [" + number + "] isn't known any more"));
    }

    public List<TaskRow> running() {
        return store.running();
    }

    /** @return false when it does not run */
    boolean cancel(long number) {
        return store.cancel(number);
    }

    /** @return false when it does not run */
    boolean rethrottle(long number, float requestsPerSecond) {
        return store.rethrottle(number, requestsPerSecond);
    }

    /**
     * Waits for the end of a task that was started, which goes on whether the database tells of it or not.
     *
     * @return the task as it is then; empty when it could not be read
     */
    public Optional<TaskRow> await(Started started, Duration atMost) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            Duration left = atMost.minusNanos(System.nanoTime() - start);
            try {
                return Optional.of(await(started.number, left));
            } catch (ElpisException unread) {
                if (unread.code() != ErrorCode.SERVICE_UNAVAILABLE) {
                    throw unread;
                }
                if (!left.isPositive() || stopping.await(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
                    return Optional.empty();
                }
            }
        }
    }

    /** Waits for the task's end, whoever runs it. @return the task as it is then */
    public TaskRow await(long number, Duration atMost) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            TaskRow row = get(number);
            Duration left = atMost.minusNanos(System.nanoTime() - start);
            if (row.finished() || !left.isPositive()) {
                return row;
            }
            Duration pause = left.compareTo(LOOK) < 0 ? left : LOOK;
            RunningTask here = running.get(number);
            if (here != null) {
                here.awaitEnd(pause);
            } else if (stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                return row;
            }
        }
    }

    /** To be called some times within the silence after which the database gives locks away. */
    void tick() {
        locks.beat();
        for (long number : store.runningNumbers()) {
            adopt(number);
        }
    }

    private synchronized void adopt(long number) {
        if (stopping.getCount() == 0 || running.containsKey(number)) {
            return;
        }
        try {
            if (locks.tryLock(number)) {
                store.take(number, instance).ifPresentOrElse(this::run, () -> unlock(number));
            }
        } catch (SQLException | ElpisException e) {
            log.atWarn().addKeyValue("task", number).addKeyValue("reason", e).log("task not taken; somebody will");
            unlock(number);
        }
    }

    private void unlock(long number) {
        try {
            locks.unlock(number);
        } catch (SQLException gone) {
            // With the session all of its locks.
        }
    }

    private void run(TaskRow row) {
        RunningTask task = new RunningTask(row, store, locks, stopping);
        running.put(row.number(), task);
        log.atInfo()
                .addKeyValue("task", row.name())
                .addKeyValue("action", row.action())
                .addKeyValue("epoch", row.epoch())
                .log("task runs here");
        Thread.ofVirtual().name("task-" + row.number()).start(() -> run(task));
    }

    private void run(RunningTask task) {
        long number = task.row().number();
        try {
            task.finish(answer(task));
        } catch (TaskLostException lost) {
            log.atInfo().addKeyValue("task", task.row().name()).log("task left to others");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // In this order: a tick in between would take the task up under a lock that is given back then.
            unlock(number);
            running.remove(number);
            task.ended();
        }
    }

    private TaskAnswer answer(RunningTask task) throws InterruptedException {
        try {
            return work.run(task);
        } catch (ElpisException e) {
            return new TaskAnswer(e.code().httpStatus(), true, ErrorBody.of(e));
        } catch (TaskLostException lost) {
            throw lost;
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("task", task.row().name()).log("task failed");
            return new TaskAnswer(500, true, ErrorBody.of(ErrorCode.INTERNAL, "internal error"));
        }
    }

    int runningHere() {
        return running.size();
    }

    /** Leaves what runs to other instances, which go on from what was last saved. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            for (RunningTask task : running.values()) {
                task.awaitEnd(END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        locks.close();
    }
}
