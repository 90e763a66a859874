package io.elpis.launcher.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.elpis.launcher.gateway.GatewayClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A small gateway: gives tokens, and answers a search as a word in its body says: refuse, busy, partial. */
public final class SearchServer implements AutoCloseable {

    /** What came: the query string, the session and the body. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final AtomicInteger sessions = new AtomicInteger();
    private final HttpServer server;

    public SearchServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, 200, "{}"));
        server.createContext("/_elpis/token", exchange -> answer(exchange, 200, "{\"access_token\":\"t\"}"));
        server.createContext("/pages/_search", this::search);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    GatewayClient client() {
        return new GatewayClient(URI.create("http://127.0.0.1:" + port()), "admin", "secret", "elpis status");
    }

    private void search(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String session = exchange.getRequestHeaders().getFirst("Elpis-Session");
        asked.add(exchange.getRequestURI().getQuery() + " " + session + " " + body);
        exchange.getResponseHeaders().set("Elpis-Session", "s" + sessions.incrementAndGet());
        if (body.contains("refuse")) {
            refuse(exchange, 400, "parsing_exception");
        } else if (body.contains("busy")) {
            refuse(exchange, 429, "rejected");
        } else {
            page(exchange, body.contains("partial") ? 1 : 0);
        }
    }

    private static void page(HttpExchange exchange, int failedShards) throws IOException {
        answer(
                exchange,
                200,
                "{\"took\":1,\"timed_out\":false,\"_shards\":{\"total\":3,\"failed\":%d},\"hits\":{}}"
                        .formatted(failedShards));
    }

    private static void refuse(HttpExchange exchange, int status, String type) throws IOException {
        answer(
                exchange,
                status,
                "{\"error\":{\"type\":\"%s\",\"reason\":\"no good\"},\"status\":%d}".formatted(type, status));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
