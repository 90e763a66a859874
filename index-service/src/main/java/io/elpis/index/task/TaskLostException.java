package io.elpis.index.task;

/** The task is no longer this instance's: whoever runs it stops at once and leaves it to others. */
public final class TaskLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TaskLostException(long number) {
        super("task " + number + " is run by another instance, or will be");
    }
}
