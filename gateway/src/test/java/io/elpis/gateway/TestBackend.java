package io.elpis.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A real HTTP server that says what it was asked. */
final class TestBackend implements AutoCloseable {
    /** @param authorization the header's value, or nothing */
    record Seen(String method, String uri, String authorization, int bodyLength) {}

    /** Answers instead of the backend; must close the exchange. */
    interface Handler {
        void handle(HttpExchange exchange, byte[] body) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final AtomicReference<Handler> handler = new AtomicReference<>();

    TestBackend(String name) {
        handler.set((exchange, body) -> {
            Seen asked = seen.getLast();
            byte[] answer = (name + " " + asked.method() + " " + asked.uri()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("X-Backend", name);
            String session = exchange.getRequestHeaders().getFirst("Elpis-Session");
            if (session != null) {
                exchange.getResponseHeaders().set("Elpis-Session", name + session);
            }
            boolean head = asked.method().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(answer.length));
            }
            exchange.sendResponseHeaders(200, head ? -1 : answer.length);
            if (!head) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        seen.add(new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                authorization == null ? "" : authorization,
                body.length));
        handler.get().handle(exchange, body);
    }

    TestBackend answering(Handler other) {
        handler.set(other);
        return this;
    }

    /** Sends fixed bodies by path, 404 for others. */
    static Handler fixed(Map<String, String> bodies) {
        return (exchange, body) -> {
            String text = bodies.get(exchange.getRequestURI().getPath());
            byte[] answer = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text == null ? 404 : 200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        };
    }

    List<Seen> seen() {
        return seen;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
