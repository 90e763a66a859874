package io.elpis.query.replica;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Applies what a copy's feed holds, so many records a turn that the copies of a node share the appliers fairly, and lets
 * the copy serve once it has caught up with its log.
 */
final class Turns {
    private static final int BATCH = 256;
    private static final int BATCHES_A_TURN = 8;

    private final OpenCopy open;
    private final Standing standing;
    private final long servingLag;
    private final Consumer<Lane.Step> lane;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * @param servingLag records a copy may be behind the log's end when it begins to serve
     * @param lane runs turns, and nothing else of this copy meanwhile
     */
    Turns(OpenCopy open, Standing standing, long servingLag, Consumer<Lane.Step> lane) {
        this.open = open;
        this.standing = standing;
        this.servingLag = servingLag;
        this.lane = lane;
    }

    /** To be called by any thread when there may be something to do; at most one turn waits or runs. */
    void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            lane.accept(this::turn);
        }
    }

    /** Cleared at the end only: a second turn would do nothing but hold up one of the few appliers. */
    private void turn() throws IOException {
        try {
            Opened now = open.now();
            if (now != null) {
                take(now);
            }
        } finally {
            scheduled.set(false);
        }
        Opened now = open.now();
        if (now != null && (!now.feed.isEmpty() || targetReached(now))) {
            schedule();
        }
    }

    private void take(Opened now) throws IOException {
        for (int at = 0; at < BATCHES_A_TURN; at++) {
            List<LogEntry> batch = now.feed.take(BATCH);
            if (batch.isEmpty()) {
                break;
            }
            now.copy.apply(batch);
            open.waiters.reached(now, now.copy.nextOffset());
            open.listeners.tell();
        }
        standing.progressed(now);
        if (targetReached(now)) {
            checkCaughtUp(now);
        }
    }

    /** A measured end that came in during a turn must not be overlooked. */
    private boolean targetReached(Opened now) {
        return !standing.isServing() && now.hasReachedTarget();
    }

    private void checkCaughtUp(Opened now) throws IOException {
        long end = now.feed.logEnd();
        if (end - now.copy.nextOffset() > servingLag) {
            now.target = end;
            return;
        }
        now.copy.refresh();
        standing.enter(CopyPhase.SERVING, "");
    }
}
