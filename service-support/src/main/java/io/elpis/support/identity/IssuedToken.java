package io.elpis.support.identity;

import java.time.Duration;

/** A token as auth-service handed it out. */
public record IssuedToken(String value, Duration lifetime) {
    @Override
    public String toString() {
        return "token for " + lifetime;
    }
}
