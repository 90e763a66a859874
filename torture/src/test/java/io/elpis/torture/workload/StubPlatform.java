package io.elpis.torture.workload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.elpis.torture.client.Door;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A platform with one index behind a gateway: a right one, unless the fault gets in the way. Every fourth request with
 * an idempotency key is answered with 202 when it comes first. All its state belongs to the server's one thread.
 */
final class StubPlatform implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final StubDocuments documents;
    private final Set<String> keys = new HashSet<>();

    StubPlatform(StubFault fault) throws IOException {
        documents = new StubDocuments(fault);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    Door door() {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Door(base, () -> "Bearer x", Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String key = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Idempotency-Key"), "");
        ObjectNode answer = answer(exchange, key, body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body));
        boolean late = !key.isEmpty() && keys.add(key) && keys.size() % 4 == 0;
        byte[] bytes = late ? new byte[] {'{', '}'} : JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(late ? 202 : answer.path("status").asInt(200), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ObjectNode answer(HttpExchange exchange, String key, JsonNode body) {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
        if (path.length == 1) {
            return JSON.createObjectNode();
        }
        return switch (path[1]) {
            case "_update" -> documents.update(key, path[2], body);
            case "_doc" -> documents.get(path[2]);
            default ->
                throw new IllegalArgumentException(exchange.getRequestURI().toString());
        };
    }
}
