package io.elpis.auth.account;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param adminPassword used once, when no account exists yet
 * @param passwordChecks how many passwords are compared at a time; each costs a core for tens of milliseconds
 * @param passwordQueue how many may wait for their turn; each holds a request's thread
 * @param passwordWait how long a comparison may wait for its turn before the caller is told to come back
 */
@ConfigurationProperties("elpis.auth")
public record AccountProperties(
        @DefaultValue("admin") String adminName,
        @Nullable String adminPassword,
        @DefaultValue("2") int passwordChecks,
        @DefaultValue("32") int passwordQueue,
        @DefaultValue("2s") Duration passwordWait) {
    public AccountProperties {
        if (passwordChecks < 1) {
            throw new IllegalArgumentException("elpis.auth.password-checks must be positive");
        }
        if (passwordQueue < 0) {
            throw new IllegalArgumentException("elpis.auth.password-queue must not be negative");
        }
    }

    @Override
    public String toString() {
        return "AccountProperties[" + adminName + "]";
    }
}
