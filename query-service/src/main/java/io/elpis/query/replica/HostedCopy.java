package io.elpis.query.replica;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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

    private final CopyPlan plan;
    private final CopyStorage storage;
    private final HostingSettings settings;
    private final Workers workers;
    private final LogSource source;

    private final Lane lane;
    private final Caretaker caretaker;
    private final CatchUp catchUp;
    private final Backoff backoff;
    private final OpenCopy open = new OpenCopy();
    private final Standing standing;
    private final Turns turns;

    private volatile boolean closed;

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
        this.standing = new Standing(plan, onChange);
        this.turns = new Turns(open, standing, settings.servingLag(), this::enqueue);
        this.lane = new Lane(workers.appliers(), this::fail);
        this.caretaker = new Caretaker(settings, workers.upkeep(), this::failed);
        this.catchUp = new CatchUp(plan, source, open);
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
        if (open.now() != null) {
            return;
        }
        ShardCopy copy = storage.open(new LogIdentity(plan.shard(), topicId, plan.generation()));
        Opened now = new Opened(copy, new Feed(settings.inboxBytes(), new FeedListener()), caretaker, workers.upkeep());
        open.begin(now);
        now.feed.open(source, plan.address(), copy.nextOffset(), copy.leaderEpoch());
        measure(now);
        standing.tell();
    }

    /** Finds out how far the log goes, and with it what this copy has to catch up with. */
    private void measure(Opened measured) {
        if (closed || !open.is(measured)) {
            return;
        }
        var unused = source.end(plan.address()).whenComplete((end, failure) -> {
            if (failure != null) {
                later(() -> measure(measured), settings.retry().toNanos());
            } else {
                measured.feed.heardEnd(Math.max(measured.feed.logEnd(), end));
                measured.target = end;
                turns.schedule();
            }
        });
    }

    private final class FeedListener implements Feed.Listener {
        @Override
        public void arrived(Feed feed) {
            turns.schedule();
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
                Opened now = open.now();
                if (now != null && now.feed == feed) {
                    fail(failure);
                }
            });
        }
    }

    /** Has the step run by the appliers, unless the copy is closed by then; whatever it throws stops the copy. */
    private void enqueue(Lane.Step step) {
        var unused = lane.enqueue(() -> {
            if (!closed) {
                step.run();
            }
        });
    }

    /**
     * Discards what the copy holds, for it cannot be trusted, and builds it again from the log; what has been opened anew
     * since is left alone, and so is everything while the log does not answer, for then nothing could be built.
     *
     * @param distrusted as {@link #copy} gave it
     * @return whether it was discarded, once it is; no request that comes after that is answered from it
     */
    public CompletableFuture<Boolean> discard(ShardCopy distrusted, String why) {
        return source.end(plan.address())
                .handle((end, silent) -> silent == null
                        ? discardNow(distrusted, why)
                        : CompletableFuture.completedFuture(keep(why, silent)))
                .thenCompose(Function.identity());
    }

    private boolean keep(String why, Throwable silent) {
        LOG.atError()
                .addKeyValue("alarm", "copy_distrusted")
                .addKeyValue("shard", plan.shard())
                .addKeyValue("reason", why)
                .addKeyValue("log", String.valueOf(silent))
                .log("the copy cannot be trusted and is kept, since its log does not answer");
        return false;
    }

    private CompletableFuture<Boolean> discardNow(ShardCopy distrusted, String why) {
        CompletableFuture<Boolean> discarded = new CompletableFuture<>();
        var unused = lane.enqueue(() -> {
                    if (!closed && open.copy() == distrusted) {
                        LOG.atError()
                                .addKeyValue("alarm", "copy_discarded")
                                .addKeyValue("shard", plan.shard())
                                .addKeyValue("reason", why)
                                .log("the copy cannot be trusted, it is built again from the log");
                        rebuild(why);
                        discarded.complete(true);
                    }
                })
                .thenRun(() -> discarded.complete(false));
        return discarded;
    }

    private void rebuild(Feed broken, String why) throws IOException {
        Opened discarded = open.now();
        if (discarded == null || discarded.feed != broken) {
            return;
        }
        if (discarded.copy.nextOffset() == 0) {
            throw new IOException("the log does not begin at offset 0: " + why);
        }
        rebuild(why);
    }

    private void rebuild(String why) throws IOException {
        open.end("the copy is built again: " + why);
        storage.delete();
        standing.enter(CopyPhase.RECOVERING, "");
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
        Opened failed = open.now();
        if (failed != null) {
            standing.failedAt(failed.copy.nextOffset());
        }
        open.end("the copy failed: " + failure);
        if (CopyStorage.isDamage(failure) && deleted()) {
            standing.beginsFromNothing();
        }
        standing.enter(CopyPhase.FAILED, String.valueOf(failure));
        later(this::start, backoff.afterFailure(System.nanoTime()));
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
        Opened kept = open.now();
        if (kept != null) {
            kept.copy.retryLetters(now);
            open.viewers.reached(kept, kept.copy.visibleOffset());
            caretaker.look(kept, standing.isServing(), open.viewers.size() > 0, now);
        }
    }

    /**
     * To be told when {@link ShardCopy#commit} or {@link ShardCopy#refresh} of the copy has failed: it is of no use after
     * that, and is opened again.
     *
     * @param failing as {@link #copy} gave it
     */
    public void failed(ShardCopy failing, Throwable failure) {
        Opened now = open.now();
        if (now != null && now.copy == failing) {
            failed(now, failure);
        }
    }

    /** What fails outside of the lane stops the copy too, unless it has been opened anew since. */
    private void failed(Opened kept, Throwable failure) {
        enqueue(() -> {
            if (open.is(kept)) {
                fail(failure);
            }
        });
    }

    /** To be called before each search: what searches see is as fresh as the refresh interval promises. */
    public void beforeSearch() throws IOException {
        Opened kept = open.now();
        if (kept != null) {
            caretaker.beforeSearch(kept);
        }
    }

    /** How much memory this copy may use for what is not in a segment yet. */
    public void limitMemory(long bytes) {
        open.limitMemory(bytes);
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
        return open.copy();
    }

    /** Whether requests may be answered from this copy. */
    public boolean isServing() {
        return serving() != null;
    }

    /** The copy, while requests may be answered from it. */
    public @Nullable ShardCopy serving() {
        Opened now = open.now();
        // The phase is that of what is open, if that has not changed meanwhile.
        return now == null || !standing.isServing() || !open.is(now) ? null : now.copy;
    }

    /** Calls the listener after each batch applied and when the copy is gone, until the result is run. */
    public Runnable onApplied(Runnable listener) {
        return open.listeners.add(listener);
    }

    public CopyStatus status() {
        return standing.status(open.now(), caretaker.sizeInBytes());
    }

    /** Gives notice: serves on as before, but says so. */
    public void drain() {
        standing.drain();
    }

    /**
     * Stops following, commits, closes.
     *
     * @return done once that is so; never, where an applier hangs
     */
    public CompletableFuture<Void> close() {
        return lane.enqueue(() -> stop(true));
    }

    /**
     * Stops following and deletes the copy.
     *
     * @return done once nothing of this copy touches its directory any more, whatever could not be deleted; never, where
     *     an applier hangs
     */
    public CompletableFuture<Void> delete() {
        return lane.enqueue(() -> {
            try {
                stop(false);
            } finally {
                deleted();
            }
        });
    }

    private void stop(boolean commit) throws IOException {
        ShardCopy last = open.copy();
        closed = true;
        try {
            if (last != null && commit) {
                last.commit();
            }
        } finally {
            open.end("the copy is closed");
        }
    }
}
