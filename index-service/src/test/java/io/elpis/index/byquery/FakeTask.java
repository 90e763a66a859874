package io.elpis.index.byquery;

import io.elpis.index.task.TaskControl;
import io.elpis.index.task.TaskRow;
import io.elpis.index.task.TaskWork;
import java.time.Duration;

/** A task's row in memory, and the death of the instance that runs it. */
final class FakeTask implements TaskWork.Handle {
    /** The instance is gone. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    byte[] saved = new byte[0];
    boolean cancelled;
    float rate = -1;
    int saves;
    int dieBeforeSave = -1;
    int dieAfterSave = -1;
    int cancelAtSave = -1;

    @Override
    public TaskRow row() {
        return new TaskRow(
                7,
                "some/action",
                "",
                "ann",
                "index-1",
                "index-1",
                1,
                new byte[0],
                saved,
                rate,
                cancelled,
                0,
                Duration.ZERO,
                null);
    }

    @Override
    public TaskControl save(byte[] progress) {
        saves++;
        if (saves == dieBeforeSave) {
            throw new Death();
        }
        saved = progress;
        if (saves == dieAfterSave) {
            throw new Death();
        }
        cancelled |= saves == cancelAtSave;
        return look();
    }

    @Override
    public TaskControl look() {
        return new TaskControl(cancelled, rate);
    }
}
