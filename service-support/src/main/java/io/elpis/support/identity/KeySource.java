package io.elpis.support.identity;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;

/** Where the public signing keys come from: auth-service over HTTP, or in auth-service its own store. */
@FunctionalInterface
public interface KeySource {
    /** @throws IOException when no instance answered in time */
    JWKSet fetch() throws IOException;
}
