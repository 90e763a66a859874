package io.elpis.support.identity;

import java.time.Instant;
import java.util.Set;

/**
 * Whoever a verified token speaks for.
 *
 * @param subject user name, or client id of a service
 * @param token the token itself, to be passed on with calls made for this caller
 */
public record Caller(String subject, Set<String> scopes, Instant expiresAt, String token) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public boolean may(String scope) {
        return scopes.contains(scope);
    }

    /** Without the token, which must not reach a log. */
    @Override
    public String toString() {
        return subject + scopes;
    }
}
