package io.elpis.aggregator.scatter;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param retryShare calls to other copies that a request earns, 0 to 1
 * @param retryBurst such calls that can be saved up: enough for all that is under way when a node dies
 * @param hedgeShare calls beside slow ones that a request earns, 0 to 1; 0: no hedging
 * @param hedgeBurst such calls that can be saved up
 * @param hedgeFloor no answer is called slow before this
 * @param hedgeCeiling any answer is called slow after this
 * @param breakerCalls how many of a node's last calls its circuit breaker looks at
 * @param breakerFailureRate percent of failures among them that opens the circuit
 * @param breakerPause how long a circuit stays open before a few calls may try again
 */
@ConfigurationProperties("elpis.aggregator.scatter")
public record ScatterProperties(
        @DefaultValue("0.05") double retryShare,
        @DefaultValue("512") int retryBurst,
        @DefaultValue("0.03") double hedgeShare,
        @DefaultValue("20") int hedgeBurst,
        @DefaultValue("20ms") Duration hedgeFloor,
        @DefaultValue("1s") Duration hedgeCeiling,
        @DefaultValue("20") int breakerCalls,
        @DefaultValue("50") float breakerFailureRate,
        @DefaultValue("2s") Duration breakerPause) {
    public ScatterProperties {
        if (!(retryShare >= 0 && retryShare <= 1 && hedgeShare >= 0 && hedgeShare <= 1)) {
            throw new IllegalArgumentException("elpis.aggregator.scatter: shares lie between 0 and 1");
        }
        if (retryBurst < 0 || hedgeBurst < 0 || breakerCalls < 1) {
            throw new IllegalArgumentException("elpis.aggregator.scatter: bursts and calls must not be negative");
        }
        if (hedgeFloor.compareTo(hedgeCeiling) > 0) {
            throw new IllegalArgumentException("elpis.aggregator.scatter: hedge-floor is above hedge-ceiling");
        }
    }
}
