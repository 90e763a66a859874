package io.elpis.support.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Verifies each token once: a later request with it costs one hash and one look-up. A verdict never outlives its
 * token, and refusals are not kept, so that no flood of bad tokens can push good ones out.
 */
public final class CachedVerdicts implements TokenVerifier {
    private final TokenVerifier verifier;
    private final Clock clock;
    private final Cache<ByteBuffer, Caller> verdicts;

    public CachedVerdicts(TokenVerifier verifier, long maximum, Duration longest, Clock clock) {
        this.verifier = verifier;
        this.clock = clock;
        this.verdicts = Caffeine.newBuilder()
                .maximumSize(maximum)
                .expireAfter(Expiry.creating((ByteBuffer token, Caller caller) -> lifetime(caller, longest)))
                .build();
    }

    @Override
    public Caller verify(String token) {
        ByteBuffer key = hash(token);
        Caller known = verdicts.getIfPresent(key);
        if (known != null && clock.instant().isBefore(known.expiresAt())) {
            return known;
        }
        Caller caller = verifier.verify(token);
        verdicts.put(key, caller);
        return caller;
    }

    @Override
    public @Nullable Caller known(String token) {
        Caller known = verdicts.getIfPresent(hash(token));
        return known != null && clock.instant().isBefore(known.expiresAt()) ? known : null;
    }

    private Duration lifetime(Caller caller, Duration longest) {
        Duration left = Duration.between(clock.instant(), caller.expiresAt());
        return left.compareTo(longest) < 0 ? left : longest;
    }

    private static ByteBuffer hash(String token) {
        try {
            return ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
