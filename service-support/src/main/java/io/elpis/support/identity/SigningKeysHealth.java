package io.elpis.support.identity;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Part of readiness: a service that cannot verify any token yet would refuse every request. */
final class SigningKeysHealth implements HealthIndicator {
    private final PublicKeys keys;

    SigningKeysHealth(PublicKeys keys) {
        this.keys = keys;
    }

    @Override
    public Health health() {
        return keys.learned()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("reason", "auth-service has not been reached yet")
                        .build();
    }
}
