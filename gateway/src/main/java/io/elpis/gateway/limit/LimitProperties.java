package io.elpis.gateway.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/** @param maxBodySize of one request, as OpenSearch's {@code http.max_content_length} */
@ConfigurationProperties("elpis.gateway")
public record LimitProperties(@DefaultValue("100MB") DataSize maxBodySize) {
    public LimitProperties {
        if (maxBodySize.toBytes() < 1) {
            throw new IllegalArgumentException("elpis.gateway.max-body-size must be positive");
        }
    }
}
