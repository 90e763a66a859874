package io.elpis.torture.workload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.elpis.torture.client.Door;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A platform with one index behind a gateway: a right one, unless the fault gets in the way. Every fourth request with
 * an idempotency key is answered with 202 when it comes first. All its state belongs to the server's one thread.
 */
final class StubPlatform implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern IF_SEQ_NO = Pattern.compile("if_seq_no=(\\d+)");

    private final HttpServer server;
    private final StubDocuments documents;
    private final Set<String> keys = new HashSet<>();
    private int names;
    private volatile boolean losing;

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

    /** From the next request on nothing is there of all that was acknowledged. */
    void lose() {
        losing = true;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String key = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Idempotency-Key"), "");
        if (losing) {
            documents.lose();
        }
        ObjectNode answer = answer(exchange, key, body);
        boolean late = !key.isEmpty() && keys.add(key) && keys.size() % 4 == 0;
        byte[] bytes = late ? new byte[] {'{', '}'} : JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(late ? 202 : answer.path("status").asInt(200), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ObjectNode answer(HttpExchange exchange, String key, String body) {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
        String action = path.length == 1 ? "" : path[1];
        return switch (action) {
            case "", "_refresh" -> JSON.createObjectNode();
            case "_bulk" -> bulk(key, body);
            case "_search" ->
                search(exchange.getRequestURI().getQuery(), JSON.readTree(body).path("query"));
            case "_count" -> count(JSON.readTree(body).at("/query/term"));
            case "_mget" -> multiGet(JSON.readTree(body).path("ids"));
            case "_update" -> documents.update(key, path[2], JSON.readTree(body));
            case "_doc" -> document(exchange, path, key, body);
            default ->
                throw new IllegalArgumentException(exchange.getRequestURI().toString());
        };
    }

    private ObjectNode document(HttpExchange exchange, String[] path, String key, String body) {
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
        Matcher ifSeqNo = IF_SEQ_NO.matcher(query);
        String chosen = key.isEmpty() ? "by-platform-" + names++ : "of-" + key;
        String id = path.length > 2 ? path[2] : chosen;
        return switch (exchange.getRequestMethod()) {
            case "GET" -> documents.get(id);
            case "DELETE" -> documents.remove(key, id);
            default ->
                documents.store(
                        key,
                        id,
                        JSON.readTree(body),
                        query.contains("op_type=create"),
                        ifSeqNo.find() ? Long.parseLong(ifSeqNo.group(1)) : -1);
        };
    }

    private ObjectNode bulk(String key, String body) {
        String[] lines = body.split("\n");
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        for (int item = 0; item < lines.length / 2; item++) {
            var action = JSON.readTree(lines[2 * item]).properties().iterator().next();
            ObjectNode outcome = documents.store(
                    key.isEmpty() ? "" : key + "/" + item,
                    action.getValue().path("_id").asString(),
                    JSON.readTree(lines[2 * item + 1]),
                    action.getKey().equals("create"),
                    -1);
            items.addObject().set(action.getKey(), outcome);
        }
        return answer;
    }

    private ObjectNode multiGet(JsonNode ids) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode docs = answer.putArray("docs");
        ids.forEach(id -> docs.add(documents.get(id.asString())));
        return answer;
    }

    private ObjectNode count(JsonNode term) {
        Map.Entry<String, JsonNode> wanted = term.properties().iterator().next();
        String place = "/_source/" + wanted.getKey().replace('.', '/');
        long found = documents
                .search(hit -> hit.at(place).equals(wanted.getValue()))
                .at("/hits/total/value")
                .asLong();
        return JSON.createObjectNode().put("count", documents.knowsFields() ? found : 0);
    }

    /** All documents are in the first of the shards. */
    private ObjectNode search(@Nullable String parameters, JsonNode query) {
        boolean elsewhere = parameters != null && parameters.matches(".*preference=_shards:[1-9].*");
        String id = query.at("/ids/values/0").asString("");
        JsonNode range = query.at("/range/number");
        return documents.search(hit -> {
            long number = hit.at("/_source/number").asLong(-1);
            boolean within = number >= range.path("gte").asLong()
                    && number < range.path("lt").asLong();
            return id.isEmpty()
                    ? within && !elsewhere
                    : hit.path("_id").asString().equals(id);
        });
    }
}
