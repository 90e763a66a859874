package io.elpis.torture.client;

import java.nio.charset.StandardCharsets;

/**
 * One request to the gateway.
 *
 * @param body JSON, or lines of it for a bulk; empty for none
 * @param idempotencyKey empty for none
 * @param session what the client's session has seen, empty for nothing
 */
public record Request(String method, String path, String body, String idempotencyKey, String session) {

    public static Request get(String path) {
        return new Request("GET", path, "", "", "");
    }

    public static Request of(String method, String path, String body) {
        return new Request(method, path, body, "", "");
    }

    public Request named(String key) {
        return new Request(method, path, body, key, session);
    }

    public Request seen(String token) {
        return new Request(method, path, body, idempotencyKey, token);
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    String contentType() {
        return path.contains("/_bulk") ? "application/x-ndjson" : "application/json";
    }
}
