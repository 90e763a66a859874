package io.elpis.query.search;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.lucene.index.QueryTimeout;

/**
 * How long a request may go on: until its own time limit, after which it answers with what it has, or until nobody waits
 * for the answer any more.
 */
public final class Budget implements QueryTimeout {
    private final BooleanSupplier abandoned;
    private final LongSupplier nanoTime;
    private final long end;
    private boolean timedOut;

    /**
     * @param abandoned whether the caller has gone or its deadline has passed
     * @param limitMillis 0: none
     */
    public Budget(BooleanSupplier abandoned, LongSupplier nanoTime, long limitMillis) {
        this.abandoned = abandoned;
        this.nanoTime = nanoTime;
        this.end = limitMillis == 0 ? Long.MAX_VALUE : nanoTime.getAsLong() + limitMillis * 1_000_000;
    }

    public static Budget unlimited() {
        return new Budget(() -> false, () -> 0, 0);
    }

    @Override
    public boolean shouldExit() {
        if (end != Long.MAX_VALUE && nanoTime.getAsLong() - end >= 0) {
            timedOut = true;
        }
        return timedOut || abandoned.getAsBoolean();
    }

    boolean isTimedOut() {
        return timedOut;
    }

    boolean isAbandoned() {
        return abandoned.getAsBoolean();
    }
}
