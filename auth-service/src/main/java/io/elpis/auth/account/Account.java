package io.elpis.auth.account;

import java.time.Instant;
import java.util.Set;

/** A user and what its tokens will allow. */
public record Account(String name, Set<String> scopes, Instant createdAt) {
    public Account {
        scopes = Set.copyOf(scopes);
    }
}
