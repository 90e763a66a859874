package io.elpis.support.identity;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This service's own token: fetched at start, renewed at half its life, retried with growing pauses while auth-service
 * is away. The old token stays in use until it expires.
 */
public final class ServiceTokens implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServiceTokens.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final int FAILURES_PER_LINE = 12;

    /** A token this close to its end is not handed out any more. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final Issuer issuer;
    private final ScheduledExecutorService renewals;
    private final LongSupplier nanoTime;

    /** Confined to the thread of the renewals. */
    private int failures;

    private volatile @Nullable Held held;

    @GuardedBy("this")
    private CompletableFuture<String> next = new CompletableFuture<>();

    @GuardedBy("this")
    private boolean started;

    /** Where a token comes from; blocks at most as long as its own deadline. */
    @FunctionalInterface
    public interface Issuer {
        IssuedToken issue() throws IOException;
    }

    /** @param renewals runs the renewals, one at a time; closed with this */
    public ServiceTokens(Issuer issuer, ScheduledExecutorService renewals, LongSupplier nanoTime) {
        this.issuer = issuer;
        this.renewals = renewals;
        this.nanoTime = nanoTime;
    }

    public synchronized void start() {
        if (!started) {
            started = true;
            renewals.execute(() -> renew(FIRST_PAUSE));
        }
    }

    /** The token in use, or the next one to come; never blocks and has no deadline of its own. */
    public CompletableFuture<String> ready() {
        CompletableFuture<String> now = inUse();
        if (now != null) {
            return now;
        }
        synchronized (this) {
            // One that came since must not be missed: the next comes only when half its life is over.
            CompletableFuture<String> since = inUse();
            return since != null ? since : next.copy();
        }
    }

    private @Nullable CompletableFuture<String> inUse() {
        Held now = held;
        return now != null && nanoTime.getAsLong() - now.until < 0
                ? CompletableFuture.completedFuture(now.token)
                : null;
    }

    /** @throws ElpisException SERVICE_UNAVAILABLE when none came in time */
    public String token(Duration wait) {
        try {
            return ready().get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new ElpisException(
                    ErrorCode.SERVICE_UNAVAILABLE, "auth-service has not issued this service's token yet");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ElpisException(ErrorCode.SERVICE_UNAVAILABLE, "interrupted");
        }
    }

    private void renew(Duration pause) {
        try {
            IssuedToken token = issuer.issue();
            failures = 0;
            accept(token);
            later(token.lifetime().dividedBy(2), FIRST_PAUSE);
        } catch (IOException | RuntimeException e) {
            noteFailure(e);
            Duration doubled = pause.multipliedBy(2);
            later(pause, doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE);
        }
    }

    /** Once when it begins, then now and then: services start in any order. */
    private void noteFailure(Exception failure) {
        if (failures++ % FAILURES_PER_LINE == 0) {
            log.atWarn().addKeyValue("reason", failure.getMessage()).log("no token from auth-service yet, trying on");
        }
    }

    private void accept(IssuedToken token) {
        CompletableFuture<String> waiting;
        synchronized (this) {
            held = new Held(
                    token.value(),
                    nanoTime.getAsLong() + token.lifetime().minus(MARGIN).toNanos());
            waiting = next;
            next = new CompletableFuture<>();
        }
        waiting.complete(token.value());
    }

    private void later(Duration delay, Duration nextPause) {
        if (!renewals.isShutdown()) {
            var unused = renewals.schedule(() -> renew(nextPause), delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        renewals.shutdownNow();
    }

    private record Held(String token, long until) {}
}
