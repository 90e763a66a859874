package io.elpis.aggregator.search;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param deadline of a search that sets no timeout, and of everything else
 * @param timeoutGrace what shards get beyond a search's own timeout to hand in what they have
 * @param maxConcurrent searches under way; further ones are refused
 * @param partialResults whether pages may lack shards unless the request says otherwise
 */
@ConfigurationProperties("elpis.aggregator.search")
public record SearchProperties(
        @DefaultValue("30s") Duration deadline,
        @DefaultValue("250ms") Duration timeoutGrace,
        @DefaultValue("512") int maxConcurrent,
        @DefaultValue("true") boolean partialResults) {
    public SearchProperties {
        if (!deadline.isPositive() || timeoutGrace.isNegative() || maxConcurrent < 1) {
            throw new IllegalArgumentException("elpis.aggregator.search: deadline [" + deadline + "], timeout-grace ["
                    + timeoutGrace + "] and max-concurrent [" + maxConcurrent + "] must be positive");
        }
    }
}
