package io.elpis.gateway.limit;

import io.elpis.gateway.routing.BackendService;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What services take, so that a body that is too large is refused here, where its caller can still hear of it.
 *
 * @param maxBodySize of one request, as OpenSearch's {@code http.max_content_length}
 * @param maxSearchSize of a search or another read
 */
@ConfigurationProperties("elpis.gateway")
public record LimitProperties(
        @DefaultValue("32MB") DataSize maxBodySize,
        @DefaultValue("10MB") DataSize maxSearchSize) {
    public LimitProperties {
        if (maxBodySize.toBytes() < 1 || maxSearchSize.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "elpis.gateway.max-body-size and elpis.gateway.max-search-size must be positive");
        }
    }

    long bytes(@Nullable BackendService service) {
        return (service == BackendService.AGGREGATOR ? maxSearchSize : maxBodySize).toBytes();
    }
}
