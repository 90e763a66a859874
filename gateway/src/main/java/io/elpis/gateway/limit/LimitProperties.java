package io.elpis.gateway.limit;

import io.elpis.gateway.routing.BackendService;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What services take, so that a body that is too large is refused here, where its caller can still hear of it.
 *
 * @param maxBodySize of one request, as OpenSearch's {@code http.max_content_length}
 * @param maxSearchSize of a search or another read
 * @param bodyTimeout how long a body may be on its way, be it one that is dropped
 */
@ConfigurationProperties("elpis.gateway")
public record LimitProperties(
        @DefaultValue("32MB") DataSize maxBodySize,
        @DefaultValue("10MB") DataSize maxSearchSize,
        @DefaultValue("60s") Duration bodyTimeout) {
    public LimitProperties {
        if (!bodyTimeout.isPositive()) {
            throw new IllegalArgumentException("elpis.gateway.body-timeout must be positive");
        }
        if (maxBodySize.toBytes() < 1 || maxSearchSize.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "elpis.gateway.max-body-size and elpis.gateway.max-search-size must be positive");
        }
    }

    long bytes(@Nullable BackendService service) {
        return (service == BackendService.AGGREGATOR ? maxSearchSize : maxBodySize).toBytes();
    }
}
