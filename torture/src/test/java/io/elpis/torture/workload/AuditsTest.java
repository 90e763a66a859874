package io.elpis.torture.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.elpis.torture.check.Digests;
import io.elpis.torture.client.Door;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against an HTTP server that answers what the test wants, the last answer again and again. */
final class AuditsTest {

    private record Answer(int status, String body) {}

    private static final Answer EQUAL = new Answer(200, shard("equal", true));
    private static final Answer INCOMPLETE = new Answer(200, shard("incomplete", false));
    private static final Answer UNAVAILABLE = new Answer(503, "{}");

    private final Deque<Answer> answers = new ArrayDeque<>();
    private HttpServer server;
    private Audits audits;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        audits = new Audits(new Door(base, () -> "Bearer x", Duration.ofSeconds(10)), Duration.ZERO);
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 500, 503, 504})
    void auditThatIsNotAnsweredIsNotEqual(int status) throws InterruptedException {
        Digests digests = after(new Answer(status, "{}"));
        assertThat(digests.compared()).isFalse();
        assertThat(digests.pending()).singleElement().asString().startsWith("not compared: i: " + status);
    }

    @Test
    void auditIsAskedForAgainUntilItIsAnswered() throws InterruptedException {
        assertThat(after(UNAVAILABLE, new Answer(404, "{}"), INCOMPLETE, EQUAL).equal())
                .isTrue();
    }

    @Test
    void whatWasFoundOnceIsNotForgotten() throws InterruptedException {
        Digests digests = after(INCOMPLETE, UNAVAILABLE);
        assertThat(digests.compared()).isTrue();
        assertThat(digests.pending()).hasSize(1);
    }

    private Digests after(Answer... said) throws InterruptedException {
        answers.addAll(List.of(said));
        return audits.of("i");
    }

    private static String shard(String verdict, boolean sound) {
        return """
                {"sound": %s, "indices": {"i": {"shards": [
                  {"shard": 0, "verdict": "%s", "copies": [{"node": "query-1", "verdict": "%s"}]}]}}}\
                """.formatted(sound, verdict, verdict);
    }
}
