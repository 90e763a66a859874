package io.elpis.gateway.authentication;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param remembered how many name and password pairs
 * @param memory how long one is good without asking auth-service; so long does a changed password still work
 */
@ConfigurationProperties("elpis.gateway.basic")
public record BasicProperties(
        @DefaultValue("1000") int remembered,
        @DefaultValue("60s") Duration memory) {
    public BasicProperties {
        if (remembered < 1 || !memory.isPositive()) {
            throw new IllegalArgumentException("elpis.gateway.basic.remembered and .memory must be positive");
        }
    }
}
