package io.elpis.e2e.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks HTTP with the gateway, with one bearer token or without any. Thread-safe. */
public final class Rest {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI base;
    private final @Nullable String authorization;
    private final Map<String, String> headers;

    Rest(URI base, @Nullable String authorization) {
        this(base, authorization, Map.of());
    }

    private Rest(URI base, @Nullable String authorization, Map<String, String> headers) {
        this.base = base;
        this.authorization = authorization;
        this.headers = headers;
    }

    public Rest withAuthorization(@Nullable String header) {
        return new Rest(base, header, headers);
    }

    /** With this header and no other of its kind. */
    public Rest withHeader(String name, String value) {
        return new Rest(base, authorization, Map.of(name, value));
    }

    /** @param token what an earlier answer brought in {@code Elpis-Session}; null: none */
    public Rest inSession(@Nullable String token) {
        return token == null ? this : withHeader("Elpis-Session", token);
    }

    public Rest at(URI other) {
        return new Rest(other, authorization, headers);
    }

    public Answer get(String path) {
        return send("GET", path, "");
    }

    public Answer delete(String path) {
        return send("DELETE", path, "");
    }

    public Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    public Answer search(String index, String body) {
        return post("/" + index + "/_search", body);
    }

    public Answer send(String method, String path, String body) {
        try {
            return trySend(method, path, body);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(method + " " + path, e);
        }
    }

    /** As {@link #send}, for callers that expect connections to break. */
    public Answer trySend(String method, String path, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", path.contains("_bulk") ? "application/x-ndjson" : "application/json");
        }
        headers.forEach(request::header);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            var response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
