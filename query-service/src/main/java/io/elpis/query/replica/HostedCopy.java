package io.elpis.query.replica;

import io.elpis.query.replica.Upkeep.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy that this node holds: opened, fed from its log, caught up, refreshed, committed and closed again; opened anew
 * after a while when it has failed.
 *
 * <p>Thread-safe. The log's thread only fills the feed; a turn on the shared appliers empties it, one turn of a copy at
 * a time (the <em>lane</em>). The lane alone changes what is open and which phase that is in.
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

    private final Upkeep due;
    private final Backoff backoff;
    private final PositionWaiters waiters = new PositionWaiters();
    private final List<Runnable> appliedListeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean turnScheduled = new AtomicBoolean();
    private final AtomicBoolean upkeepScheduled = new AtomicBoolean();
    private final ReentrantLock lane = new ReentrantLock();

    private volatile CopyPhase phase = CopyPhase.RECOVERING;
    private volatile String reason = "";
    private volatile long failedAt = -1;
    private volatile boolean draining;
    private volatile boolean closed;
    private volatile long sizeInBytes;
    private volatile long memory = Long.MAX_VALUE;
    private volatile @Nullable Opened opened;

    /** What one opening of the copy consists of; the next has its own. */
    private static final class Opened {
        final ShardCopy copy;
        final Feed feed;

        /** Offset to be caught up with; -1 while it is not known. */
        volatile long target = -1;

        Opened(ShardCopy copy, Feed feed) {
            this.copy = copy;
            this.feed = feed;
        }

        Progress progress() {
            return new Progress(
                    copy.nextOffset(), copy.visibleOffset(), copy.committedOffset(), copy.bytesSinceCommit());
        }
    }

    private interface Step {
        void run() throws IOException;
    }

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
        this.due = new Upkeep(settings, System.nanoTime());
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
        Opened now = new Opened(copy, new Feed(settings.inboxBytes(), new FeedListener()));
        waiters.startAt(copy.nextOffset());
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

    private void enqueue(Step step) {
        workers.appliers().execute(() -> inLane(step));
    }

    /** Runs a step of this copy's; whatever it throws stops the copy. */
    private void inLane(Step step) {
        lane.lock();
        try {
            if (!closed) {
                step.run();
            }
        } catch (Throwable failure) {
            fail(failure);
        } finally {
            lane.unlock();
        }
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
            waiters.reached(now.copy.nextOffset());
            tellApplied();
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
        return phase != CopyPhase.SERVING && now.target >= 0 && now.copy.nextOffset() >= now.target;
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

    private void rebuild(Feed broken, String why) throws IOException {
        Opened discarded = opened;
        if (discarded == null || discarded.feed != broken) {
            return;
        }
        if (discarded.copy.nextOffset() == 0) {
            throw new IOException("the log does not begin at offset 0: " + why);
        }
        abandon(discarded, "the copy is built again: " + why);
        storage.delete();
        enter(CopyPhase.RECOVERING, "");
        start();
    }

    /** Stops the copy, to be opened again after a while: nothing may be skipped, but much of what fails passes. */
    private void fail(Throwable failure) {
        if (closed) {
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
        tellApplied();
        ending.feed.close();
        waiters.fail(new IOException(why));
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
        if (kept == null) {
            return;
        }
        Progress progress = kept.progress();
        boolean refresh = phase == CopyPhase.SERVING && due.refreshDue(progress, now);
        boolean commit = due.commitDue(progress, now);
        if ((refresh || commit || !kept.copy.isWritable()) && upkeepScheduled.compareAndSet(false, true)) {
            workers.upkeep().execute(() -> upkeep(kept, refresh, commit));
        }
    }

    private void upkeep(Opened kept, boolean refresh, boolean commit) {
        try {
            if (!kept.copy.isWritable()) {
                throw new IOException("the index can no longer be written", kept.copy.tragedy());
            }
            if (refresh) {
                refresh(kept);
            }
            if (commit) {
                due.committed(System.nanoTime());
                kept.copy.commit();
                sizeInBytes = kept.copy.sizeInBytes();
            }
        } catch (Throwable failure) {
            failed(kept, failure);
        } finally {
            upkeepScheduled.set(false);
        }
    }

    private void refresh(Opened kept) throws IOException {
        due.refreshed(System.nanoTime());
        kept.copy.refresh();
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
        if (kept != null && due.searchRefreshes(kept.progress(), System.nanoTime())) {
            refreshOrFail(kept);
        }
    }

    private void refreshOrFail(Opened kept) throws IOException {
        try {
            refresh(kept);
        } catch (IOException | RuntimeException e) {
            failed(kept, e);
            throw e;
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
        due.refreshEvery(interval);
    }

    /** Completes when all that is in the log now is applied here; fails when the log does not answer in time. */
    public CompletableFuture<Void> upToDate(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        return source.end(plan.address())
                .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
                .thenCompose(end -> appliedUpTo(end, Duration.ofNanos(deadline - System.nanoTime())));
    }

    /** Completes when everything before the offset is applied here; fails when that takes too long. */
    public CompletableFuture<Void> appliedUpTo(long offset, Duration patience) {
        return waiters.until(offset, patience);
    }

    /** Completes when everything before the offset is visible to searches; fails when applying it takes too long. */
    public CompletableFuture<Void> visibleUpTo(long offset, Duration patience) {
        return appliedUpTo(offset, patience).thenRunAsync(this::refreshNow, workers.upkeep());
    }

    private void refreshNow() {
        Opened kept = opened;
        if (kept != null) {
            try {
                refreshOrFail(kept);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The copy, while it is open. */
    public @Nullable ShardCopy copy() {
        Opened now = opened;
        return now == null ? null : now.copy;
    }

    /** Whether requests may be answered from this copy. */
    public boolean isServing() {
        return opened != null && phase == CopyPhase.SERVING;
    }

    /** Calls the listener after each batch applied and when the copy is gone, until the result is run. */
    public Runnable onApplied(Runnable listener) {
        appliedListeners.add(listener);
        return () -> appliedListeners.remove(listener);
    }

    /** A listener's mistake is not the copy's. */
    private void tellApplied() {
        for (Runnable listener : appliedListeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                appliedListeners.remove(listener);
                LOG.atError().setCause(e).addKeyValue("shard", plan.shard()).log("listener fails, it is told no more");
            }
        }
    }

    public CopyStatus status() {
        CopyPhase now = phase == CopyPhase.SERVING && draining ? CopyPhase.DRAINING : phase;
        Opened present = opened;
        if (present == null) {
            return new CopyStatus(now, plan.generation(), Math.max(failedAt, 0), 0, -1, 0, 0, reason);
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
        lane.lock();
        try {
            Opened last = opened;
            closed = true;
            if (last != null && commit) {
                last.copy.commit();
            }
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("shard", plan.shard()).log("copy not committed at its end");
        } finally {
            Opened last = opened;
            if (last != null) {
                abandon(last, "the copy is closed");
            }
            waiters.fail(new IOException("the copy is closed"));
            lane.unlock();
        }
    }
}
