package io.elpis.query.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param interval between two checks of a copy in the background; zero: none but when asked
 * @param rate bytes a second that a check in the background reads
 */
@ConfigurationProperties("elpis.query.audit")
public record AuditProperties(
        @DefaultValue("1h") Duration interval,
        @DefaultValue("10MB") DataSize rate) {
    public AuditProperties {
        if (interval.isNegative() || rate.toBytes() < 1) {
            throw new IllegalArgumentException("elpis.query.audit needs an interval and a positive rate");
        }
    }
}
