package io.elpis.index.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param interval between two audits of everything by the allocator's instance; zero: none but when asked
 * @param patience with a shard's log and its copies, unless the request says otherwise
 * @param cure how long copies of a shard may take that are built again for they differ
 */
@ConfigurationProperties("elpis.audit")
public record AuditProperties(
        @DefaultValue("5m") Duration interval,
        @DefaultValue("30s") Duration patience,
        @DefaultValue("30m") Duration cure) {
    public AuditProperties {
        if (interval.isNegative() || !patience.isPositive() || !cure.isPositive()) {
            throw new IllegalArgumentException("durations under elpis.audit must be positive");
        }
    }
}
