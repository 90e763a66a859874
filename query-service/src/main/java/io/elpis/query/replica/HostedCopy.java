package io.elpis.query.replica;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy that this node holds: opened, fed from its log, caught up, refreshed, committed and closed again; opened anew
 * after a while when it has failed.
 *
 * <p>Thread-safe. The log's thread only fills the feed; a turn on the shared appliers empties it, one turn of a copy at
 * a time (the {@link Lane}). The lane alone changes what is open and which phase that is in.
 */
public final class HostedCopy {
    private static final Logger LOG = LoggerFactory.getLogger(HostedCopy.class);
    private static final int BATCH = 256;
    private static final int BATCHES_A_TURN = 8;

    private final CopyPlan plan;
    private final CopyStorage storage;
    private final HostingSettings settings;
    private final Workers workers;
    private final LogSource source;
    private final Runnable onChange;

    private final Lane lane;
    private final Caretaker caretaker;
    private final CatchUp catchUp;
    private final Backoff backoff;
    private final PositionWaiters waiters = new PositionWaiters();
    private final PositionWaiters viewers = new PositionWaiters();
    private final AppliedListeners listeners = new AppliedListeners();
    private final AtomicBoolean turnScheduled = new AtomicBoolean();

    private volatile CopyPhase phase = CopyPhase.RECOVERING;
    private volatile String reason = "";
    private volatile long failedAt = -1;
    private volatile boolean draining;
    private volatile boolean closed;
    private volatile long memory = Long.MAX_VALUE;
    private volatile @Nullable Opened opened;

    /** @param onChange called whenever the phase has changed; must return at once */
    public HostedCopy(
            CopyPlan plan,
            CopyStorage storage,
            HostingSettings settings,
            Workers workers,
            LogSource source,
            Runnable onChange) {
        this.plan = plan;
        this.storage = storage;
        this.settings = settings;
        this.workers = workers;
        this.source = source;
        this.onChange = onChange;
        this.lane = new Lane(workers.appliers(), this::fail);
        this.caretaker = new Caretaker(settings, workers.upkeep(), this::failed);
        this.catchUp = new CatchUp(plan, source, waiters, viewers, () -> opened);
        this.backoff = new Backoff(settings.reopen(), settings.longestReopen());
    }

    public CopyPlan plan() {
        return plan;
    }

    /** Opens the copy and follows its log, as soon as the log answers. */
    public void start() {
        if (closed) {
            return;
        }
        var unused = source.topicId(plan.address()).whenComplete((topicId, failure) -> {
            if (failure != null) {
                LOG.atWarn()
                        .addKeyValue("log", plan.address())
                        .addKeyValue("reason", String.valueOf(failure))
                        .log("log does not answer yet");
                later(this::start, settings.retry().toNanos());
            } else {
                enqueue(() -> open(topicId));
            }
        });
    }

    private void later(Runnable step, long nanos) {
        var unused = workers.timer().schedule(step, nanos, TimeUnit.NANOSECONDS);
    }

    private void open(UUID topicId) throws IOException {
        if (opened != null) {
            return;
        }
        ShardCopy copy = storage.open(new LogIdentity(plan.shard(), topicId, plan.generation()));
        copy.limitMemory(memory);
        Opened now = new Opened(copy, new Feed(settings.inboxBytes(), new FeedListener()), caretaker, workers.upkeep());
        waiters.startAt(now, copy.nextOffset());
        viewers.startAt(now, copy.visibleOffset());
        opened = now;
        now.feed.open(source, plan.address(), copy.nextOffset(), copy.leaderEpoch());
        measure(now);
        onChange.run();
    }

    /** Finds out how far the log goes, and with it what this copy has to catch up with. */
    private void measure(Opened measured) {
        if (closed || opened != measured) {
            return;
        }
        var unused = source.end(plan.address()).whenComplete((end, failure) -> {
            if (failure != null) {
                later(() -> measure(measured), settings.retry().toNanos());
            } else {
                measured.feed.heardEnd(Math.max(measured.feed.logEnd(), end));
                measured.target = end;
                scheduleTurn();
            }
        });
    }

    private final class FeedListener implements Feed.Listener {
        @Override
        public void arrived(Feed feed) {
            scheduleTurn();
        }

        /** A truncated log means that this copy may hold what the log does not: it is built again from the beginning. */
        @Override
        public void broken(Feed feed, String why) {
            LOG.atError()
                    .addKeyValue("alarm", "log_broken")
                    .addKeyValue("log", plan.address())
                    .addKeyValue("reason", why)
                    .log("the log does not continue this copy, the copy is discarded");
            enqueue(() -> rebuild(feed, why));
        }

        @Override
        public void failed(Feed feed, Throwable failure) {
            enqueue(() -> {
                Opened now = opened;
                if (now != null && now.feed == feed) {
                    fail(failure);
                }
            });
        }
    }

    private void scheduleTurn() {
        if (turnScheduled.compareAndSet(false, true)) {
            enqueue(this::turn);
        }
    }

    /** Has the step run by the appliers, unless the copy is closed by then; whatever it throws stops the copy. */
    private void enqueue(Lane.Step step) {
        lane.enqueue(() -> {
            if (!closed) {
                step.run();
            }
        });
    }

    /** Cleared at the end only: a second turn would do nothing but hold up one of the few appliers. */
    private void turn() throws IOException {
        try {
            takeTurn();
        } finally {
            turnScheduled.set(false);
        }
        Opened now = opened;
        if (now != null && (!now.feed.isEmpty() || targetReached(now))) {
            scheduleTurn();
        }
    }

    private void takeTurn() throws IOException {
        Opened now = opened;
        if (now == null) {
            return;
        }
        for (int at = 0; at < BATCHES_A_TURN; at++) {
            List<LogEntry> batch = now.feed.take(BATCH);
            if (batch.isEmpty()) {
                break;
            }
            now.copy.apply(batch);
            waiters.reached(now, now.copy.nextOffset());
            listeners.tell();
        }
        if (phase == CopyPhase.FAILED && (now.copy.nextOffset() > failedAt || targetReached(now))) {
            enter(CopyPhase.RECOVERING, "");
        }
        if (targetReached(now)) {
            checkCaughtUp(now);
        }
    }

    /** A measured end that came in during a turn must not be overlooked. */
    private boolean targetReached(Opened now) {
        return phase != CopyPhase.SERVING && now.hasReachedTarget();
    }

    private void checkCaughtUp(Opened now) throws IOException {
        long end = now.feed.logEnd();
        if (end - now.copy.nextOffset() > settings.servingLag()) {
            now.target = end;
            return;
        }
        now.copy.refresh();
        enter(CopyPhase.SERVING, "");
    }

    private void enter(CopyPhase next, String why) {
        phase = next;
        reason = why;
        LOG.atInfo()
                .addKeyValue("shard", plan.shard())
                .addKeyValue("phase", next)
                .addKeyValue("reason", why)
                .log("copy");
        onChange.run();
    }

    /**
     * Discards what the copy holds, for it cannot be trusted, and builds it again from the log; what has been opened anew
     * since is left alone.
     *
     * @param distrusted as {@link #copy} gave it
     * @return whether it was discarded, once it is; nobody is answered from it after that
     */
    public CompletableFuture<Boolean> discard(ShardCopy distrusted, String why) {
        CompletableFuture<Boolean> discarded = new CompletableFuture<>();
        lane.enqueue(() -> {
            Opened present = opened;
            try {
                if (!closed && present != null && present.copy == distrusted) {
                    LOG.atError()
                            .addKeyValue("alarm", "copy_discarded")
                            .addKeyValue("shard", plan.shard())
                            .addKeyValue("reason", why)
                            .log("the copy cannot be trusted, it is built again from the log");
                    rebuild(present, why);
                    discarded.complete(true);
                }
            } finally {
                discarded.complete(false);
            }
        });
        return discarded;
    }

    private void rebuild(Feed broken, String why) throws IOException {
        Opened discarded = opened;
        if (discarded == null || discarded.feed != broken) {
            return;
        }
        if (discarded.copy.nextOffset() == 0) {
            throw new IOException("the log does not begin at offset 0: " + why);
        }
        rebuild(discarded, why);
    }

    private void rebuild(Opened discarded, String why) throws IOException {
        abandon(discarded, "the copy is built again: " + why);
        storage.delete();
        enter(CopyPhase.RECOVERING, "");
        start();
    }

    /** Stops the copy, to be opened again after a while: nothing may be skipped, but much of what fails passes. */
    private void fail(Throwable failure) {
        if (closed) {
            LOG.atWarn().setCause(failure).addKeyValue("shard", plan.shard()).log("copy not closed in order");
            return;
        }
        LOG.atError()
                .setCause(failure)
                .addKeyValue("alarm", "copy_failed")
                .addKeyValue("shard", plan.shard())
                .log("copy stopped");
        Opened failed = opened;
        if (failed != null) {
            failedAt = failed.copy.nextOffset();
            abandon(failed, "the copy failed: " + failure);
        }
        if (CopyStorage.isDamage(failure) && deleted()) {
            failedAt = -1;
        }
        enter(CopyPhase.FAILED, String.valueOf(failure));
        later(this::start, backoff.afterFailure(System.nanoTime()));
    }

    private void abandon(Opened ending, String why) {
        opened = null;
        listeners.tell();
        ending.feed.close();
        waiters.fail(new IOException(why));
        viewers.fail(new IOException(why));
        try {
            ending.copy.close();
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("shard", plan.shard()).log("copy not closed in order");
        }
    }

    private boolean deleted() {
        try {
            storage.delete();
            return true;
        } catch (IOException e) {
            LOG.atWarn().setCause(e).addKeyValue("shard", plan.shard()).log("copy could not be deleted whole");
            return false;
        }
    }

    /** Refreshes and commits what is due. Called often by one thread; the work is done elsewhere. */
    public void upkeep(long now) {
        Opened kept = opened;
        if (kept != null) {
            kept.copy.retryLetters(now);
            viewers.reached(kept, kept.copy.visibleOffset());
            caretaker.look(kept, phase == CopyPhase.SERVING, viewers.size() > 0, now);
        }
    }

    /**
     * To be told when {@link ShardCopy#commit} or {@link ShardCopy#refresh} of the copy has failed: it is of no use after
     * that, and is opened again.
     *
     * @param failing as {@link #copy} gave it
     */
    public void failed(ShardCopy failing, Throwable failure) {
        Opened now = opened;
        if (now != null && now.copy == failing) {
            failed(now, failure);
        }
    }

    /** What fails outside of the lane stops the copy too, unless it has been opened anew since. */
    private void failed(Opened kept, Throwable failure) {
        enqueue(() -> {
            if (opened == kept) {
                fail(failure);
            }
        });
    }

    /** To be called before each search: what searches see is as fresh as the refresh interval promises. */
    public void beforeSearch() throws IOException {
        Opened kept = opened;
        if (kept != null) {
            caretaker.beforeSearch(kept);
        }
    }

    /** How much memory this copy may use for what is not in a segment yet. */
    public void limitMemory(long bytes) {
        memory = bytes;
        Opened kept = opened;
        if (kept != null) {
            kept.copy.limitMemory(bytes);
        }
    }

    public void refreshEvery(Duration interval) {
        caretaker.refreshEvery(interval);
    }

    /** For those who want to read what the log holds. */
    public CatchUp catchUp() {
        return catchUp;
    }

    /** The copy, while it is open. */
    public @Nullable ShardCopy copy() {
        Opened now = opened;
        return now == null ? null : now.copy;
    }

    /** Whether requests may be answered from this copy. */
    public boolean isServing() {
        return serving() != null;
    }

    /** The copy, while requests may be answered from it. */
    public @Nullable ShardCopy serving() {
        Opened now = opened;
        // The phase is that of what is open, if that has not changed meanwhile.
        return now == null || phase != CopyPhase.SERVING || opened != now ? null : now.copy;
    }

    /** Calls the listener after each batch applied and when the copy is gone, until the result is run. */
    public Runnable onApplied(Runnable listener) {
        return listeners.add(listener);
    }

    public CopyStatus status() {
        CopyPhase now = phase == CopyPhase.SERVING && draining ? CopyPhase.DRAINING : phase;
        Opened present = opened;
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
                caretaker.sizeInBytes(),
                present.copy.nextSeqNo(),
                present.copy.firstTombstone(),
                reason);
    }

    /** Gives notice: serves on as before, but says so. */
    public void drain() {
        draining = true;
        onChange.run();
    }

    /** Stops following, commits, closes. */
    public void close() {
        stop(true);
    }

    /** Stops following and deletes the copy. */
    public void delete() {
        stop(false);
        deleted();
    }

    private void stop(boolean commit) {
        lane.run(() -> {
            Opened last = opened;
            closed = true;
            try {
                if (last != null && commit) {
                    last.copy.commit();
                }
            } finally {
                if (last != null) {
                    abandon(last, "the copy is closed");
                }
                waiters.fail(new IOException("the copy is closed"));
                viewers.fail(new IOException("the copy is closed"));
            }
        });
    }
}
