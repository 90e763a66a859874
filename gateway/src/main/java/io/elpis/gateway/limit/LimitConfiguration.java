package io.elpis.gateway.limit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the limits. */
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {
    @Bean
    BodyLimitFilter bodyLimitFilter(LimitProperties properties) {
        return new BodyLimitFilter(properties.maxBodySize().toBytes());
    }
}
