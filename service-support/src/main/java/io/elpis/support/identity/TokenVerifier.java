package io.elpis.support.identity;

import org.jspecify.annotations.Nullable;

/** Tells whom a bearer token speaks for. */
@FunctionalInterface
public interface TokenVerifier {
    /**
     * @throws io.elpis.model.error.ElpisException UNAUTHENTICATED when the token is not good, SERVICE_UNAVAILABLE when
     *     that cannot be told because no signing keys have been seen yet
     */
    Caller verify(String token);

    /** @return null when only {@link #verify} can tell, which may have to fetch keys; never blocks */
    default @Nullable Caller known(String token) {
        return null;
    }
}
