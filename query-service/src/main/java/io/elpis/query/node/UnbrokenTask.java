package io.elpis.query.node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task run again and again: a schedule ends for good, and without a word, when one run of its task throws. */
record UnbrokenTask(Runnable task) implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(UnbrokenTask.class);

    @Override
    public void run() {
        try {
            task.run();
        } catch (Throwable failure) {
            LOG.atError().setCause(failure).addKeyValue("alarm", "task_failed").log("task failed, it runs on");
        }
    }
}
