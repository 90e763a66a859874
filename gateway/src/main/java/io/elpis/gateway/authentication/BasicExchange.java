package io.elpis.gateway.authentication;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.identity.IssuedToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Exchanges name and password for a token, once for all requests that bring them within a minute or so. Requests that
 * come while the exchange is under way wait for it. Passwords are kept as hashes only, and refusals not at all.
 */
final class BasicExchange {
    private final Issuer issuer;
    private final AsyncCache<ByteBuffer, IssuedToken> tokens;

    /** auth-service; blocks at most as long as its own deadline. */
    @FunctionalInterface
    interface Issuer {
        IssuedToken issue(String basic) throws IOException;
    }

    /** @param executor for the blocking exchange */
    BasicExchange(Issuer issuer, BasicProperties properties, Executor executor) {
        this.issuer = issuer;
        this.tokens = Caffeine.newBuilder()
                .maximumSize(properties.remembered())
                .expireAfter(Expiry.creating(
                        (ByteBuffer credentials, IssuedToken token) -> memory(token, properties.memory())))
                .executor(executor)
                .buildAsync();
    }

    /** @param basic value of the {@code Authorization} header */
    CompletableFuture<String> token(String basic) {
        return tokens.get(hash(basic), credentials -> issue(basic)).thenApply(IssuedToken::value);
    }

    private IssuedToken issue(String basic) {
        try {
            return issuer.issue(basic);
        } catch (IOException e) {
            throw new ElpisException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "name and password cannot be checked now: auth-service is not available");
        }
    }

    private static Duration memory(IssuedToken token, Duration most) {
        Duration half = token.lifetime().dividedBy(2);
        return half.compareTo(most) < 0 ? half : most;
    }

    private static ByteBuffer hash(String basic) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(basic.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
