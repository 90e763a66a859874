package io.elpis.launcher.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayClientTest {

    private final AtomicInteger issued = new AtomicInteger();
    private volatile int valid = 1;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/_elpis/token", exchange -> {
            String expected =
                    "Basic " + Base64.getEncoder().encodeToString("admin:pw".getBytes(StandardCharsets.UTF_8));
            boolean known = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, known ? 200 : 401, "{\"access_token\":\"token-" + issued.incrementAndGet() + "\"}");
        });
        server.createContext("/x", exchange -> {
            boolean good = ("Bearer token-" + valid)
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders()
                    .set("Elpis-Session", exchange.getRequestHeaders().getFirst("Elpis-Session") + "+");
            answer(exchange, good ? 200 : 401, "{}");
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void oneTokenServesManyRequests() throws Exception {
        GatewayClient client = client("pw");
        assertThat(client.get("/x").status()).isEqualTo(200);
        assertThat(client.get("/x").status()).isEqualTo(200);
        assertThat(issued).hasValue(1);
    }

    @Test
    void refusedTokenIsRenewedOnce() throws Exception {
        GatewayClient client = client("pw");
        client.get("/x");
        valid = 2;
        assertThat(client.get("/x").status()).isEqualTo(200);
        valid = 9;
        assertThat(client.get("/x").status()).isEqualTo(401);
        assertThat(issued).hasValue(3);
    }

    @Test
    void sessionTravelsBothWays() throws Exception {
        GatewayClient client = client("pw");
        assertThat(client.request("GET", "/x", "application/json", new byte[0], "seen")
                        .session())
                .isEqualTo("seen+");
        assertThat(client.get("/x").session()).isEqualTo("null+");
    }

    @Test
    void wrongPasswordIsToldAsSuch() {
        assertThatThrownBy(() -> client("wrong").get("/x")).hasMessage("wrong password for user admin");
    }

    @Test
    void silentPlatformIsToldWithItsAddress() {
        server.stop(0);
        assertThatThrownBy(() -> client("pw").get("/x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing answers at http://127.0.0.1")
                .hasMessageEndingWith("is the platform up? (elpis status)");
    }

    private GatewayClient client(String password) {
        return new GatewayClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "admin", password, "elpis status");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
