package io.elpis.index.ingest;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param maxBody larger requests get 413
 * @param autoCreate writing to an index that does not exist creates it
 * @param timeout how long a write waits for its outcome when the caller does not say
 * @param refreshTimeout how long {@code refresh=true} waits for copies
 */
@ConfigurationProperties("elpis.ingest")
public record IngestProperties(
        @DefaultValue("32MB") DataSize maxBody,
        @DefaultValue("true") boolean autoCreate,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("30s") Duration refreshTimeout) {}
