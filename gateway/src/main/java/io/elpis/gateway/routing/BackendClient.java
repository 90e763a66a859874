package io.elpis.gateway.routing;

import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.http.client.HttpClient;

/** Reactor Netty sends a request again by itself when a kept connection dies, a write too; we decide that ourselves. */
@Component
final class BackendClient implements HttpClientCustomizer {
    @Override
    public HttpClient customize(HttpClient client) {
        return client.disableRetry(true);
    }
}
