package io.elpis.support.identity;

/** Tells whom a bearer token speaks for. */
@FunctionalInterface
public interface TokenVerifier {
    /**
     * @throws io.elpis.model.error.ElpisException UNAUTHENTICATED when the token is not good, SERVICE_UNAVAILABLE when
     *     that cannot be told because no signing keys have been seen yet
     */
    Caller verify(String token);
}
