package io.elpis.index.log;

import java.util.Map;

/** How Kafka is reached: client settings that producers, consumers and the admin client share. */
public record LogConnection(Map<String, Object> settings) {
    public LogConnection {
        settings = Map.copyOf(settings);
    }
}
