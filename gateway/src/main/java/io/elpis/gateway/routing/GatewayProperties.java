package io.elpis.gateway.routing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param deadline until the answer's first byte; the upload counts
 * @param instanceAge how long a list of instances is used before the registry is asked again
 * @param tries how many instances one request may be sent to
 * @param breakerCalls over how many calls an instance's failures are counted
 * @param breakerPause how long an instance that failed half of them is left alone
 */
@ConfigurationProperties("elpis.gateway")
public record GatewayProperties(
        @DefaultValue("60s") Duration deadline,
        @DefaultValue("1s") Duration instanceAge,
        @DefaultValue("3") int tries,
        @DefaultValue("20") int breakerCalls,
        @DefaultValue("2s") Duration breakerPause) {
    public GatewayProperties {
        if (tries < 1 || breakerCalls < 2) {
            throw new IllegalArgumentException("elpis.gateway.tries must be positive, breaker-calls at least 2");
        }
        for (Duration duration : new Duration[] {deadline, instanceAge, breakerPause}) {
            if (!duration.isPositive()) {
                throw new IllegalArgumentException("durations under elpis.gateway must be positive");
            }
        }
    }
}
