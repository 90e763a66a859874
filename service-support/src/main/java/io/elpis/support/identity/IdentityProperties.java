package io.elpis.support.identity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param issuer what a token's {@code iss} must say: a logical name, the same on every machine
 * @param clientSecret this service's secret at auth-service; without one it has no token of its own
 * @param verdicts how many verified tokens are remembered
 * @param verdictLife the longest time one is remembered, however long it lives
 * @param keyAge after which the signing keys are fetched anew in the background
 * @param keyRetry pause between two attempts to learn an unknown key
 */
@ConfigurationProperties("elpis.identity")
public record IdentityProperties(
        @DefaultValue("http://auth-service") String issuer,
        @DefaultValue("auth-service") String service,
        @Nullable String clientSecret,
        @DefaultValue("10000") int verdicts,
        @DefaultValue("10m") Duration verdictLife,
        @DefaultValue("5m") Duration keyAge,
        @DefaultValue("1s") Duration keyRetry,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("3s") Duration deadline) {
    public IdentityProperties {
        require(verdicts > 0, "elpis.identity.verdicts must be positive");
        for (Duration duration : new Duration[] {verdictLife, keyAge, keyRetry, connectTimeout, deadline}) {
            require(duration.isPositive(), "durations under elpis.identity must be positive");
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
