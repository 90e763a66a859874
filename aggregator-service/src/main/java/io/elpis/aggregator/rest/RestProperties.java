package io.elpis.aggregator.rest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/** @param maxBody largest request body */
@ConfigurationProperties("elpis.aggregator.rest")
public record RestProperties(@DefaultValue("10MB") DataSize maxBody) {
    public RestProperties {
        if (maxBody.toBytes() < 1 || maxBody.toBytes() > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("elpis.aggregator.rest.max-body [" + maxBody + "] is out of range");
        }
    }
}
