package io.elpis.query.replica;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which phase a copy is in, why, and what is told of it. The copy's lane alone changes the phase; anybody may look.
 */
final class Standing {
    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

    private final CopyPlan plan;
    private final Runnable onChange;

    private volatile CopyPhase phase = CopyPhase.RECOVERING;
    private volatile String reason = "";
    private volatile boolean draining;

    /** How far the copy was when it failed; -1 when it has not, or begins from nothing since. */
    private volatile long failedAt = -1;

    /** @param onChange called whenever anything here has changed; must return at once */
    Standing(CopyPlan plan, Runnable onChange) {
        this.plan = plan;
        this.onChange = onChange;
    }

    void enter(CopyPhase next, String why) {
        phase = next;
        reason = why;
        LOG.atInfo()
                .addKeyValue("shard", plan.shard())
                .addKeyValue("phase", next)
                .addKeyValue("reason", why)
                .log("copy");
        onChange.run();
    }

    /** Something else that others may look at has changed. */
    void tell() {
        onChange.run();
    }

    boolean isServing() {
        return phase == CopyPhase.SERVING;
    }

    void failedAt(long offset) {
        failedAt = offset;
    }

    void beginsFromNothing() {
        failedAt = -1;
    }

    /** Leaves FAILED once the copy gets further than before, or as far as the log goes. */
    void progressed(Opened now) {
        if (phase == CopyPhase.FAILED && (now.copy.nextOffset() > failedAt || now.hasReachedTarget())) {
            enter(CopyPhase.RECOVERING, "");
        }
    }

    /** Says that the copy is to go, whichever phase it is in. */
    void drain() {
        draining = true;
        onChange.run();
    }

    /** @param sizeInBytes on disk */
    CopyStatus status(@Nullable Opened present, long sizeInBytes) {
        CopyPhase now = phase == CopyPhase.SERVING && draining ? CopyPhase.DRAINING : phase;
        if (present == null) {
            return new CopyStatus(now, plan.generation(), Math.max(failedAt, 0), 0, -1, 0, 0, 0, 0, reason);
        }
        long applied = present.copy.nextOffset();
        return new CopyStatus(
                now,
                plan.generation(),
                applied,
                present.copy.visibleOffset(),
                Math.max(present.feed.logEnd(), applied),
                present.copy.documents(),
                sizeInBytes,
                present.copy.nextSeqNo(),
                present.copy.firstTombstone(),
                reason);
    }
}
