package io.elpis.query.replica;

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
 * A copy that this node holds: opened, fed from its log, caught up, refreshed, committed and closed again.
 *
 * <p>Thread-safe. The log's thread only fills the inbox; a turn on the shared appliers empties it, one turn of a copy at
 * a time (the <em>lane</em>).
 */
public final class HostedCopy implements LogReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(HostedCopy.class);
    private static final int BATCH = 256;
    private static final int BATCHES_A_TURN = 8;

    private final CopyPlan plan;
    private final CopyStorage storage;
    private final HostingSettings settings;
    private final Workers workers;
    private final LogSource source;
    private final Runnable onChange;

    private final Inbox inbox;
    private final PositionWaiters waiters = new PositionWaiters();
    private final List<Runnable> appliedListeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean turnScheduled = new AtomicBoolean();
    private final AtomicBoolean upkeepScheduled = new AtomicBoolean();
    private final ReentrantLock lane = new ReentrantLock();

    private volatile CopyPhase phase = CopyPhase.RECOVERING;
    private volatile String reason = "";
    private volatile boolean closed;
    private volatile long logEnd = -1;
    private volatile long target = -1;
    private volatile long sizeInBytes;
    private volatile Duration refreshInterval = Duration.ofSeconds(1);
    private volatile long lastRefresh = System.nanoTime();
    private volatile boolean searched;
    private volatile long lastSearch = System.nanoTime();
    private volatile long memory;
    private volatile long lastCommit = System.nanoTime();
    private volatile @Nullable ShardCopy copy;
    private volatile LogSource.@Nullable Following following;

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
        this.inbox = new Inbox(settings.inboxBytes());
        this.memory = Long.MAX_VALUE;
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
                later(this::start);
            } else {
                workers.appliers().execute(() -> inLane(() -> open(topicId)));
            }
        });
    }

    private void later(Runnable step) {
        var unused = workers.timer().schedule(step, settings.retry().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void open(UUID topicId) throws IOException {
        ShardCopy opened = storage.open(new LogIdentity(plan.shard(), topicId, plan.generation()));
        opened.limitMemory(memory);
        copy = opened;
        waiters.reached(opened.nextOffset());
        following = source.follow(plan.address(), opened.nextOffset(), opened.leaderEpoch(), this);
        measure();
        onChange.run();
    }

    /** Finds out how far the log goes, and with it what this copy has to catch up with. */
    private void measure() {
        if (closed) {
            return;
        }
        var unused = source.end(plan.address()).whenComplete((end, failure) -> {
            if (failure != null) {
                later(this::measure);
            } else {
                logEnd = Math.max(logEnd, end);
                target = end;
                scheduleTurn();
            }
        });
    }

    @Override
    public void receive(List<LogEntry> entries, long end) {
        if (end >= 0) {
            logEnd = end;
        }
        if (entries.isEmpty() || closed) {
            return;
        }
        LogSource.Following log = following;
        if (inbox.add(entries) && log != null) {
            log.pause();
        }
        scheduleTurn();
    }

    private void scheduleTurn() {
        if (turnScheduled.compareAndSet(false, true)) {
            workers.appliers().execute(() -> inLane(this::turn));
        }
    }

    /** Cleared at the end only: a second turn would do nothing but hold up one of the few appliers. */
    private void turn() throws IOException {
        try {
            takeTurn();
        } finally {
            turnScheduled.set(false);
        }
        if (copy != null && phase != CopyPhase.FAILED && (!inbox.isEmpty() || targetReached())) {
            scheduleTurn();
        }
    }

    private void takeTurn() throws IOException {
        ShardCopy applying = copy;
        if (applying == null || phase == CopyPhase.FAILED) {
            return;
        }
        for (int at = 0; at < BATCHES_A_TURN; at++) {
            List<LogEntry> batch = inbox.take(BATCH);
            if (batch.isEmpty()) {
                break;
            }
            applying.apply(batch);
            waiters.reached(applying.nextOffset());
            appliedListeners.forEach(Runnable::run);
        }
        LogSource.Following log = following;
        if (inbox.resumes() && log != null) {
            log.resume();
        }
        if (targetReached()) {
            checkCaughtUp(applying);
        }
    }

    /** A measured end that came in during a turn must not be overlooked. */
    private boolean targetReached() {
        ShardCopy applied = copy;
        return phase == CopyPhase.RECOVERING && applied != null && target >= 0 && applied.nextOffset() >= target;
    }

    private void checkCaughtUp(ShardCopy applying) throws IOException {
        long reached = applying.nextOffset();
        if (logEnd - reached > settings.servingLag()) {
            target = logEnd;
            return;
        }
        applying.refresh();
        enter(CopyPhase.SERVING);
    }

    private void enter(CopyPhase next) {
        phase = next;
        LOG.atInfo()
                .addKeyValue("shard", plan.shard())
                .addKeyValue("phase", next)
                .addKeyValue("reason", reason)
                .log("copy");
        onChange.run();
    }

    /** A truncated log means that this copy may hold what the log does not: it is built again from the beginning. */
    @Override
    public void broken(String why) {
        LOG.atError()
                .addKeyValue("alarm", "log_broken")
                .addKeyValue("log", plan.address())
                .addKeyValue("reason", why)
                .log("the log does not continue this copy, the copy is discarded");
        workers.appliers().execute(() -> inLane(() -> rebuild(why)));
    }

    private void rebuild(String why) throws IOException {
        ShardCopy discarded = copy;
        if (closed || discarded == null) {
            return;
        }
        if (discarded.nextOffset() == 0) {
            throw new IOException("the log does not begin at offset 0: " + why);
        }
        copy = null;
        appliedListeners.forEach(Runnable::run);
        discarded.close();
        storage.delete();
        while (!inbox.take(BATCH).isEmpty()) {
            // Entries behind the place where the log broke.
        }
        target = -1;
        logEnd = -1;
        enter(CopyPhase.RECOVERING);
        start();
    }

    private interface Step {
        void run() throws IOException;
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

    private void fail(Throwable failure) {
        if (closed) {
            return;
        }
        reason = String.valueOf(failure);
        LOG.atError()
                .setCause(failure)
                .addKeyValue("alarm", "copy_failed")
                .addKeyValue("shard", plan.shard())
                .log("copy stopped");
        LogSource.Following log = following;
        if (log != null) {
            log.close();
        }
        waiters.fail(new IOException("the copy failed: " + reason));
        enter(CopyPhase.FAILED);
        appliedListeners.forEach(Runnable::run);
    }

    /** Refreshes and commits what is due. Called often by one thread; the work is done elsewhere. */
    public void upkeep(long now) {
        ShardCopy kept = copy;
        if (kept == null || closed || phase == CopyPhase.FAILED) {
            return;
        }
        boolean refresh = refreshDue(kept, now);
        boolean commit = commitDue(kept, now);
        if ((refresh || commit || !kept.isWritable()) && upkeepScheduled.compareAndSet(false, true)) {
            workers.upkeep().execute(() -> upkeep(kept, refresh, commit));
        }
    }

    private boolean refreshDue(ShardCopy kept, long now) {
        return phase != CopyPhase.RECOVERING && !isIdle(now) && isStale(kept, now);
    }

    private boolean isStale(ShardCopy kept, long now) {
        return !refreshInterval.isNegative()
                && now - lastRefresh >= refreshInterval.toNanos()
                && kept.nextOffset() > kept.visibleOffset();
    }

    /** Nobody looks: refreshing would only make small segments. The next search refreshes first. */
    private boolean isIdle(long now) {
        return !searched || now - lastSearch >= settings.idleAfter().toNanos();
    }

    /** To be called before each search: what searches see is as fresh as the refresh interval promises. */
    public void beforeSearch() throws IOException {
        long now = System.nanoTime();
        boolean idle = isIdle(now);
        lastSearch = now;
        searched = true;
        ShardCopy kept = copy;
        if (idle && kept != null && isStale(kept, now)) {
            lastRefresh = now;
            kept.refresh();
        }
    }

    /** How much memory this copy may use for what is not in a segment yet. */
    public void limitMemory(long bytes) {
        memory = bytes;
        ShardCopy kept = copy;
        if (kept != null) {
            kept.limitMemory(bytes);
        }
    }

    private boolean commitDue(ShardCopy kept, long now) {
        return kept.bytesSinceCommit() >= settings.commitBytes()
                || now - lastCommit >= settings.commitInterval().toNanos()
                        && kept.nextOffset() > kept.committedOffset();
    }

    private void upkeep(ShardCopy kept, boolean refresh, boolean commit) {
        try {
            if (!kept.isWritable()) {
                throw new IOException("the index can no longer be written");
            }
            if (refresh) {
                lastRefresh = System.nanoTime();
                kept.refresh();
            }
            if (commit) {
                lastCommit = System.nanoTime();
                kept.commit();
                sizeInBytes = kept.sizeInBytes();
            }
        } catch (Throwable failure) {
            if (copy == kept) {
                fail(failure);
            }
        } finally {
            upkeepScheduled.set(false);
        }
    }

    public void refreshEvery(Duration interval) {
        refreshInterval = interval;
    }

    /** Completes when all that is in the log now is applied here; fails when the log does not answer. */
    public CompletableFuture<Void> upToDate() {
        return source.end(plan.address()).thenCompose(this::appliedUpTo);
    }

    /** Completes when everything before the offset is applied here. */
    public CompletableFuture<Void> appliedUpTo(long offset) {
        return waiters.until(offset);
    }

    /** Completes when everything before the offset is visible to searches. */
    public CompletableFuture<Void> visibleUpTo(long offset) {
        return appliedUpTo(offset).thenRunAsync(this::refreshNow, workers.upkeep());
    }

    private void refreshNow() {
        try {
            ShardCopy kept = copy;
            if (kept != null) {
                lastRefresh = System.nanoTime();
                kept.refresh();
            }
        } catch (IOException e) {
            fail(e);
            throw new UncheckedIOException(e);
        }
    }

    /** The copy, once open. */
    public @Nullable ShardCopy copy() {
        return copy;
    }

    /** Whether requests may be answered from this copy. */
    public boolean isServing() {
        return copy != null && (phase == CopyPhase.SERVING || phase == CopyPhase.DRAINING);
    }

    /** Calls the listener after each batch applied and when the copy is gone, until the result is run. */
    public Runnable onApplied(Runnable listener) {
        appliedListeners.add(listener);
        return () -> appliedListeners.remove(listener);
    }

    public CopyStatus status() {
        ShardCopy present = copy;
        if (present == null) {
            return new CopyStatus(phase, plan.generation(), 0, 0, logEnd, 0, 0, reason);
        }
        return new CopyStatus(
                phase,
                plan.generation(),
                present.nextOffset(),
                present.visibleOffset(),
                Math.max(logEnd, present.nextOffset()),
                present.documents(),
                sizeInBytes,
                reason);
    }

    public void drain() {
        if (phase == CopyPhase.SERVING) {
            enter(CopyPhase.DRAINING);
        }
    }

    /** Stops following, commits, closes. */
    public void close() {
        stop(true);
    }

    /** Stops following and deletes the copy. */
    public void delete() {
        stop(false);
        try {
            storage.delete();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).addKeyValue("shard", plan.shard()).log("copy could not be deleted whole");
        }
    }

    private void stop(boolean commit) {
        LogSource.Following log = following;
        if (log != null) {
            log.close();
        }
        lane.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            ShardCopy closing = copy;
            copy = null;
            appliedListeners.forEach(Runnable::run);
            if (closing != null) {
                if (commit && phase != CopyPhase.FAILED) {
                    closing.commit();
                }
                closing.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("shard", plan.shard()).log("copy not closed in order");
        } finally {
            lane.unlock();
            waiters.fail(new IOException("the copy is closed"));
        }
    }
}
