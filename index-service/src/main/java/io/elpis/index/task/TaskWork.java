package io.elpis.index.task;

import tools.jackson.core.JsonGenerator;

/** What tasks do. */
public interface TaskWork {
    /** The running task's way to its row. */
    interface Handle {
        TaskRow row();

        /**
         * Makes progress durable: whoever takes the task over goes on from here.
         *
         * @throws TaskLostException when this instance must not go on
         */
        TaskControl save(byte[] progress);

        /** @throws TaskLostException when this instance must not go on */
        TaskControl look();
    }

    /**
     * Runs on a thread of its own from the row's progress to the end.
     *
     * @throws TaskLostException as the handle says
     */
    TaskAnswer run(Handle task) throws InterruptedException;

    /** Writes the members of the task's {@code status}. */
    void status(JsonGenerator out, TaskRow row);
}
