package io.elpis.launcher.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.elpis.launcher.exit.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a gateway that knows each service only from the n-th request on. */
final class OpenDoorTest {

    private static final String NOBODY =
            "{\"error\":{\"type\":\"service_unavailable_exception\",\"reason\":\"no instance\"},\"status\":503}";

    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int tokenStatus = 200;
    private HttpServer server;
    private OpenDoor door;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            boolean token = path.equals("/_elpis/token");
            boolean refused = refusals.merge(path, -1, Integer::sum) >= 0;
            String body = refused ? NOBODY : "{\"access_token\":\"t\"}";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refused ? 503 : token ? tokenStatus : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        door = new OpenDoor(new GatewayClient(base, "admin", "secret", "elpis status"));
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void everyServiceIsWaitedFor() throws Exception {
        refusals.putAll(Map.of("/_elpis/token", 2, "/", 3, "/_count", 1));
        door.await(Duration.ofSeconds(20));
        assertThat(asked).filteredOn("/"::equals).hasSize(4);
        assertThat(asked).filteredOn("/_count"::equals).hasSize(2);
    }

    @Test
    void anyAnswerOfAServiceWillDo() throws Exception {
        door.await(Duration.ofSeconds(20));
        assertThat(asked).containsExactly("/_elpis/token", "/", "/_count");
    }

    @Test
    void closedDoorIsToldInTheEnd() {
        refusals.put("/_count", 1_000_000);
        assertThatThrownBy(() -> door.await(Duration.ofMillis(300)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("still: no instance");
    }

    @Test
    void whoMayNotComeInDoesNotWait() throws Exception {
        tokenStatus = 401;
        door.await(Duration.ofSeconds(20));
        assertThat(asked).containsExactly("/_elpis/token");
    }
}
