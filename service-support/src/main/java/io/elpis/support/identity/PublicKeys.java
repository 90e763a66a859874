package io.elpis.support.identity;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that tokens are signed with, fetched when first needed and kept for good while their source is away.
 *
 * <p>An unknown key id fetches again, at most once per {@code retryInterval} however many tokens name it, so that
 * forged tokens cannot turn this service against auth-service. Keys older than {@code maxAge} are renewed in the
 * background.
 */
final class PublicKeys {
    private static final Logger log = LoggerFactory.getLogger(PublicKeys.class);

    private static final int FAILURES_PER_LINE = 12;

    private final KeySource source;
    private final Duration maxAge;
    private final Duration retryInterval;
    private final Executor background;
    private final LongSupplier nanoTime;

    private final ReentrantLock fetching = new ReentrantLock();
    private final AtomicBoolean renewing = new AtomicBoolean();

    @GuardedBy("fetching")
    private @Nullable Long lastAttempt;

    @GuardedBy("fetching")
    private int failures;

    private volatile @Nullable Known known;

    /** @param background runs one renewal at a time; may block for as long as the source does */
    PublicKeys(KeySource source, Duration maxAge, Duration retryInterval, Executor background, LongSupplier nanoTime) {
        this.source = source;
        this.maxAge = maxAge;
        this.retryInterval = retryInterval;
        this.background = background;
        this.nanoTime = nanoTime;
    }

    /** @return null when auth-service does not know this key */
    @Nullable
    JWK key(String id) {
        Known now = known;
        JWK key = now == null ? null : now.keys.getKeyByKeyId(id);
        if (now == null || key == null) {
            now = fetched(now);
            return now.keys.getKeyByKeyId(id);
        }
        if (nanoTime.getAsLong() - now.at > maxAge.toNanos() && renewing.compareAndSet(false, true)) {
            background.execute(this::renew);
        }
        return key;
    }

    /** Whether any key is known; has them fetched in the background when not. Never blocks. */
    boolean learned() {
        if (known != null) {
            return true;
        }
        if (renewing.compareAndSet(false, true)) {
            background.execute(this::renew);
        }
        return false;
    }

    /** Fetches unless somebody else has since {@code seen}, or tried a moment ago. */
    private Known fetched(@Nullable Known seen) {
        fetching.lock();
        try {
            Known now = known;
            if (now != null && now != seen) {
                return now;
            }
            if (lastAttempt == null || nanoTime.getAsLong() - lastAttempt >= retryInterval.toNanos()) {
                lastAttempt = nanoTime.getAsLong();
                try {
                    now = new Known(source.fetch(), nanoTime.getAsLong());
                    known = now;
                    failures = 0;
                } catch (IOException e) {
                    noteFailure(e);
                }
            }
            if (now == null) {
                throw new ElpisException(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        "the token cannot be verified: auth-service has not been reached yet",
                        Map.of());
            }
            return now;
        } finally {
            fetching.unlock();
        }
    }

    /** Once when it begins, then now and then: services start in any order. */
    @GuardedBy("fetching")
    private void noteFailure(IOException failure) {
        if (failures++ % FAILURES_PER_LINE == 0) {
            log.atWarn().addKeyValue("reason", failure.getMessage()).log("signing keys could not be fetched");
        }
    }

    private void renew() {
        try {
            fetched(known);
        } catch (ElpisException e) {
            log.debug("no signing keys yet", e);
        } finally {
            renewing.set(false);
        }
    }

    private record Known(JWKSet keys, long at) {}
}
