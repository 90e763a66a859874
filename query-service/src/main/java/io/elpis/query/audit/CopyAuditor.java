package io.elpis.query.audit;

import io.elpis.query.replica.HeldCommit;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.replica.ShardCopy;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks copies against themselves, one at a time: each now and then in the background at a low rate, and at once those
 * that somebody asks for. A damaged copy is discarded and built again from the log. Thread-safe.
 */
public final class CopyAuditor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CopyAuditor.class);

    private final Supplier<Collection<HostedCopy>> copies;
    private final AuditProperties properties;
    private final Executor executor;
    private final AuditMetrics metrics;

    /** Asked for and not begun: those who ask meanwhile join. At most one a copy. */
    private final Map<HostedCopy, CompletableFuture<Finding>> asked = new ConcurrentHashMap<>();

    /** When a copy was checked last, or first seen. */
    private final Map<HostedCopy, Long> since = new ConcurrentHashMap<>();

    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean closed;

    /** @param executor runs one task at a time */
    CopyAuditor(
            Supplier<Collection<HostedCopy>> copies,
            AuditProperties properties,
            Executor executor,
            AuditMetrics metrics) {
        this.copies = copies;
        this.properties = properties;
        this.executor = executor;
        this.metrics = metrics;
    }

    /**
     * Checks a commit that holds all that was applied before this call, as soon as the check under way has ended, which no
     * rate holds up any more.
     */
    public CompletableFuture<Finding> check(HostedCopy copy) {
        CompletableFuture<Finding> mine = new CompletableFuture<>();
        CompletableFuture<Finding> joined = asked.putIfAbsent(copy, mine);
        if (joined != null) {
            return joined.copy();
        }
        executor.execute(() -> {
            asked.remove(copy);
            complete(mine, copy);
        });
        return mine.copy();
    }

    private void complete(CompletableFuture<Finding> asked, HostedCopy copy) {
        try {
            asked.complete(check(copy, true));
        } catch (Throwable failure) {
            asked.completeExceptionally(failure);
        }
    }

    /** Begins the check that is due, if none is under way. Called now and then. */
    void tick(long now) {
        Collection<HostedCopy> present = copies.get();
        since.keySet().retainAll(present);
        present.forEach(copy -> since.putIfAbsent(copy, now));
        Duration interval = properties.interval();
        if (closed || interval.isZero() || !busy.compareAndSet(false, true)) {
            return;
        }
        Optional<Map.Entry<HostedCopy, Long>> oldest = since.entrySet().stream()
                .filter(entry -> now - entry.getValue() >= interval.toNanos())
                .min(Comparator.comparingLong(entry -> entry.getValue() - now));
        if (oldest.isEmpty()) {
            busy.set(false);
            return;
        }
        executor.execute(() -> inBackground(oldest.get().getKey()));
    }

    private void inBackground(HostedCopy copy) {
        try {
            var unused = check(copy, false);
        } catch (IOException | RuntimeException | Error failure) {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("shard", copy.plan().shard())
                    .log("copy could not be checked");
        } finally {
            busy.set(false);
        }
    }

    private Finding check(HostedCopy hosted, boolean everything) throws IOException {
        since.replace(hosted, System.nanoTime());
        ShardCopy copy = hosted.copy();
        if (copy == null) {
            return new Finding.Nothing("the copy is not open");
        }
        Finding finding = check(hosted, copy, everything);
        if (finding instanceof Finding.Damaged && hosted.copy() != copy) {
            // Its files went away with it.
            return new Finding.Nothing("the copy was closed");
        }
        metrics.checked(finding);
        switch (finding) {
            case Finding.Damaged(String reason) -> {
                LOG.atError()
                        .addKeyValue("alarm", "copy_damaged")
                        .addKeyValue("shard", hosted.plan().shard())
                        .addKeyValue("reason", reason)
                        .log("a commit of the copy is damaged");
                var unused = hosted.discard(copy, "damaged: " + reason);
            }
            case Finding.Sound sound ->
                LOG.atDebug()
                        .addKeyValue("shard", hosted.plan().shard())
                        .addKeyValue("documents", sound.documents())
                        .addKeyValue("bytes", sound.bytes())
                        .log("copy checked");
            case Finding.Nothing _ -> {}
        }
        return finding;
    }

    private Finding check(HostedCopy hosted, ShardCopy copy, boolean everything) throws IOException {
        try (HeldCommit held = hold(hosted, copy, everything)) {
            return held == null ? new Finding.Sound(0, 0, 0) : new CommitCheck(held, pace(everything)).run();
        } catch (AlreadyClosedException ended) {
            return new Finding.Nothing("the copy was closed");
        }
    }

    /** A copy that could not commit is of no use but to be closed. */
    private static @Nullable HeldCommit hold(HostedCopy hosted, ShardCopy copy, boolean everything) throws IOException {
        try {
            if (everything) {
                copy.commit();
            }
            return copy.holdCommit();
        } catch (AlreadyClosedException ended) {
            throw ended;
        } catch (IOException | RuntimeException | Error failure) {
            hosted.failed(copy, failure);
            throw failure;
        }
    }

    private Pace pace(boolean hurried) {
        Pace pace = Pace.of(properties.rate().toBytes(), () -> hurried || !asked.isEmpty());
        return bytes -> {
            if (closed) {
                throw new CancellationException("the node stops");
            }
            pace.passed(bytes);
        };
    }

    /** Ends the check under way, as soon as it looks up. */
    @Override
    public void close() {
        closed = true;
    }
}
