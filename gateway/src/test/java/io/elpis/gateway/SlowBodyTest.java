package io.elpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Callers whose bodies never end. */
class SlowBodyTest {
    /** So many bytes, one at a time, take far longer than anybody's patience here. */
    private static final int LIMIT = 100_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Test
    void connectionOfABodyThatTakesTooLongIsClosed() throws Exception {
        try (TestBackend backend = new TestBackend("backend")) {
            TestIssuer issuer = new TestIssuer();
            backend.answering(TestBackend.fixed(Map.of("/oauth2/jwks", issuer.publicKeys())));
            Map<String, List<URI>> backends =
                    Map.of("index-service", List.of(backend.uri()), "auth-service", List.of(backend.uri()));
            try (RunningGateway gateway = RunningGateway.start(
                    backends,
                    "elpis.gateway.max-body-size=" + LIMIT + "B",
                    "elpis.gateway.body-timeout=" + TIMEOUT.toSeconds() + "s")) {
                String authorization = "Authorization: Bearer " + issuer.token() + "\r\n";
                assertThat(untilClosed(gateway, authorization + "Content-Length: " + 2 * LIMIT + "\r\n"))
                        .as("too large from the start")
                        .contains("413");
                assertThat(untilClosed(gateway, "Content-Length: " + 2 * LIMIT + "\r\n"))
                        .as("of nobody known")
                        .contains("401");
                long begin = System.nanoTime();
                assertThat(untilClosed(gateway, authorization + "Content-Length: " + LIMIT + "\r\n"))
                        .as("taken")
                        .doesNotContain("HTTP/1.1 2");
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(TIMEOUT);
            }
        }
    }

    /** Sends a byte of the body at a time, and returns what came back until the gateway closed the connection. */
    private static String untilClosed(RunningGateway gateway, String headers) throws IOException {
        long begin = System.nanoTime();
        StringBuilder answer = new StringBuilder();
        try (Socket socket = new Socket(gateway.base().getHost(), gateway.base().getPort())) {
            socket.setSoTimeout(50);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(("PUT /wiki/_doc/1 HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            while (System.nanoTime() - begin < PATIENCE.toNanos()) {
                try {
                    out.write('x');
                    int read = in.read();
                    if (read < 0) {
                        return answer.toString();
                    }
                    answer.append((char) read);
                } catch (SocketTimeoutException nothingYet) {
                    // The next byte, then.
                } catch (IOException reset) {
                    return answer.toString();
                }
            }
        }
        throw new AssertionError("still open after " + PATIENCE + ": " + answer);
    }
}
