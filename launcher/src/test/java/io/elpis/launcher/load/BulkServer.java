package io.elpis.launcher.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.elpis.launcher.gateway.GatewayClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small gateway: gives tokens and takes bulks, unless a test tells it to refuse. */
final class BulkServer implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\\{\"index\":\\{\"_id\":\"(.*)\"}}");

    final Map<String, String> documents = new ConcurrentHashMap<>();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final Deque<Integer> refusals = new ArrayDeque<>();
    private final Function<String, Integer> itemStatus;
    private final HttpServer server;

    /** @param itemStatus tells the status of an item by its id */
    BulkServer(Function<String, Integer> itemStatus) throws IOException {
        this.itemStatus = itemStatus;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/_elpis/token", exchange -> answer(exchange, 200, "{\"access_token\":\"t\"}"));
        server.createContext("/pages/_bulk", this::bulk);
        server.start();
    }

    GatewayClient client() {
        return new GatewayClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "admin", "secret", "elpis status");
    }

    /** The next requests are refused as a whole with these statuses. */
    void refuse(Integer... statuses) {
        synchronized (refusals) {
            refusals.addAll(List.of(statuses));
        }
    }

    private void bulk(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Integer refusal;
            synchronized (refusals) {
                refusal = refusals.poll();
            }
            if (refusal == null) {
                answer(exchange, 200, store(body));
            } else {
                exchange.getResponseHeaders().set("Retry-After", "1");
                answer(exchange, refusal, "{\"error\":{\"type\":\"refused\",\"reason\":\"not now\"}}");
            }
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private String store(String body) {
        var items = new StringBuilder();
        String[] lines = body.split("\n");
        for (int i = 0; i < lines.length; i += 2) {
            Matcher id = ID.matcher(lines[i]);
            if (!id.matches()) {
                throw new AssertionError(lines[i]);
            }
            int status = itemStatus.apply(id.group(1));
            if (status < 300) {
                documents.put(id.group(1), lines[i + 1]);
            }
            items.append(items.isEmpty() ? "" : ",")
                    .append("{\"index\":{\"status\":")
                    .append(status);
            if (status >= 300) {
                items.append(",\"error\":{\"type\":\"bad_document\",\"reason\":\"no good: ")
                        .append(id.group(1))
                        .append("\"}");
            }
            items.append("}}");
        }
        return "{\"errors\":false,\"items\":[" + items + "]}";
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
