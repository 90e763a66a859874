package io.elpis.auth.client;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param clients secret by service name, e.g. {@code elpis.auth.clients.query-service} */
@ConfigurationProperties("elpis.auth")
public record ClientProperties(@DefaultValue Map<String, String> clients) {
    public ClientProperties {
        clients = Map.copyOf(clients);
        clients.forEach((name, secret) -> {
            if (secret.isBlank()) {
                throw new IllegalArgumentException("elpis.auth.clients." + name + " is empty");
            }
        });
    }

    @Override
    public String toString() {
        return "ClientProperties" + clients.keySet();
    }
}
