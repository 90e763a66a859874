package io.elpis.index.byquery;

import io.elpis.index.task.TaskControl;
import java.time.Duration;
import java.util.function.Supplier;

/** Holds a task back so that it deals with no more documents a second than it may. */
final class Pace {
    /** How soon a cancellation or another rate shows. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Timer timer;
    private final Supplier<TaskControl> look;
    private final Meanwhile meanwhile;

    /** Something that has to be done while a task waits. */
    @FunctionalInterface
    interface Meanwhile {
        void run() throws InterruptedException;
    }

    /** @param meanwhile called while it waits, some times a minute at least */
    Pace(Timer timer, Supplier<TaskControl> look, Meanwhile meanwhile) {
        this.timer = timer;
        this.look = look;
        this.meanwhile = meanwhile;
    }

    /**
     * Waits until the documents of a batch have had their time.
     *
     * @param began when the batch did
     * @param control as last heard
     */
    Waited after(int documents, long began, TaskControl control) throws InterruptedException {
        long from = timer.nanoTime();
        TaskControl latest = control;
        while (!latest.cancelled() && latest.requestsPerSecond() > 0) {
            long due = began + (long) (documents / latest.requestsPerSecond() * 1e9);
            long left = due - timer.nanoTime();
            if (left <= 0) {
                break;
            }
            timer.sleep(Duration.ofNanos(Math.min(left, LOOK.toNanos())));
            meanwhile.run();
            latest = look.get();
        }
        return new Waited(latest, Duration.ofNanos(timer.nanoTime() - from));
    }

    /** @param control as heard last */
    record Waited(TaskControl control, Duration time) {}
}
