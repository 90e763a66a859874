package io.elpis.index.task;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A task as its row says.
 *
 * @param owner the caller it works for
 * @param origin the instance that took the request
 * @param epoch grows with each instance that takes the task over
 * @param request what is to be done; never changes
 * @param progress how far it is
 * @param runningTime by the database's clock
 * @param answer null while it runs
 */
public record TaskRow(
        long number,
        String action,
        String description,
        String owner,
        String origin,
        String runner,
        long epoch,
        byte[] request,
        byte[] progress,
        float requestsPerSecond,
        boolean cancelled,
        long startedAtMillis,
        Duration runningTime,
        @Nullable TaskAnswer answer) {

    /** How callers name it. */
    public String name() {
        return name(origin, number);
    }

    static String name(String origin, long number) {
        return origin + ":" + number;
    }

    public boolean finished() {
        return answer != null;
    }
}
