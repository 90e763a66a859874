package io.elpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real gateway before real HTTP servers. Of the two index-services it knows, one is not there. */
class GatewayTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TestIssuer issuer = new TestIssuer();
    private static final TestBackend index = new TestBackend("index");
    private static final TestBackend aggregator = new TestBackend("aggregator");
    private static final TestBackend auth = new TestBackend("auth");
    private static final String bearer = "Bearer " + issuer.token();
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        auth.answering(TestBackend.fixed(Map.of(
                "/oauth2/jwks",
                issuer.publicKeys(),
                "/_elpis/token",
                "{\"access_token\":\"" + issuer.token() + "\",\"token_type\":\"Bearer\",\"expires_in\":600}")));
        gateway = RunningGateway.start(
                Map.of(
                        "index-service", List.of(closedPort(), index.uri()),
                        "aggregator-service", List.of(aggregator.uri()),
                        "auth-service", List.of(auth.uri())),
                "elpis.gateway.max-body-size=100KB",
                "elpis.gateway.max-search-size=10KB");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        index.close();
        aggregator.close();
        auth.close();
    }

    private static URI closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    private static void assertError(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        JsonNode json = JSON.readTree(answer.body());
        assertThat(json.at("/error/type").stringValue()).isEqualTo(type);
        assertThat(json.at("/error/reason").stringValue()).isNotBlank();
        assertThat(json.at("/error/root_cause/0/type").stringValue()).isEqualTo(type);
        assertThat(json.at("/status").intValue()).isEqualTo(status);
    }

    @Test
    void requestsReachTheirServiceAsTheyWereSent() throws IOException {
        assertThat(gateway.send("POST", "/wiki,news*/_search?q=a%26b", bearer, BodyPublishers.ofString("{}"))
                        .body())
                .isEqualTo("aggregator POST /wiki,news*/_search?q=a%26b");
        assertThat(gateway.send("GET", "/wiki/_doc/a%2Fb%20c?_source=false", bearer)
                        .body())
                .isEqualTo("aggregator GET /wiki/_doc/a%2Fb%20c?_source=false");
        assertThat(gateway.send("PUT", "/wiki/_doc/%25%C3%A9;x", bearer, BodyPublishers.ofString("{}"))
                        .body())
                .isEqualTo("index PUT /wiki/_doc/%25%C3%A9;x");
        assertThat(gateway.send("GET", "/", bearer).body()).isEqualTo("index GET /");
    }

    @Test
    void bearerTokenTravelsOn() throws IOException {
        gateway.send("GET", "/travel/_count", bearer);

        assertThat(aggregator.seen())
                .anyMatch(seen -> seen.uri().equals("/travel/_count")
                        && seen.authorization().equals(bearer));
    }

    /** As long as they get. */
    @Test
    void sessionsTravelBothWays() throws IOException {
        String session = "s".repeat(7_000);
        Map<String, String> header = Map.of("Elpis-Session", session);
        assertThat(gateway.send("GET", "/wiki/_count", bearer, BodyPublishers.noBody(), header)
                        .headers()
                        .firstValue("Elpis-Session"))
                .hasValue("aggregator" + session);
        assertThat(gateway.send("PUT", "/wiki/_doc/1", bearer, BodyPublishers.ofString("{}"), header)
                        .headers()
                        .firstValue("Elpis-Session"))
                .hasValue("index" + session);
    }

    @Test
    void headIsAnsweredWithoutBodyButWithItsLength() throws IOException {
        HttpResponse<String> answer = gateway.send("HEAD", "/wiki/_doc/1", bearer);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0))
                .isPositive();
    }

    @Test
    void everyRequestGetsThroughThoughOneInstanceIsNotThere() throws IOException {
        for (int i = 0; i < 40; i++) {
            HttpResponse<String> answer =
                    gateway.send("PUT", "/wiki/_doc/" + i, bearer, BodyPublishers.ofString("{\"n\":" + i + "}"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        assertThat(index.seen()).anyMatch(seen -> seen.uri().equals("/wiki/_doc/39") && seen.bodyLength() == 8);
    }

    @Test
    void withoutAGoodTokenNothingPasses() throws IOException {
        TestIssuer stranger = new TestIssuer();
        String expired = issuer.token("alice", "read", Instant.now().minusSeconds(1));
        for (String authorization :
                List.of("", "Bearer x", "Bearer " + stranger.token(), "Bearer " + expired, "Digest x")) {
            for (String path : List.of("/wiki/_search", "/nope", "/actuator/info", "/_elpis/users")) {
                HttpResponse<String> answer = gateway.send("GET", path, authorization);
                assertError(answer, 401, "security_exception");
                assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"elpis\"");
            }
        }
        assertThat(aggregator.seen()).noneMatch(seen -> seen.authorization().isEmpty());
    }

    @Test
    void actuatorNeedsItsScopeButHealthIsOpen() throws IOException {
        assertError(gateway.send("GET", "/actuator/info", bearer), 403, "security_exception");
        assertThat(gateway.send("GET", "/actuator/health/readiness", "").statusCode())
                .isEqualTo(200);
        String monitor =
                "Bearer " + issuer.token("mona", "monitor", Instant.now().plusSeconds(60));
        assertThat(gateway.send("GET", "/actuator/info", monitor).statusCode()).isEqualTo(200);
        assertError(gateway.send("GET", "/actuator/heapdump", monitor), 400, "illegal_argument_exception");
    }

    @Test
    void basicIsExchangedOnceForAToken() throws IOException {
        String basic = "Basic " + Base64.getEncoder().encodeToString("bob:secret".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 5; i++) {
            assertThat(gateway.send("GET", "/basic/_count", basic).statusCode()).isEqualTo(200);
        }
        assertThat(auth.seen().stream().filter(seen -> seen.authorization().equals(basic)))
                .hasSize(1);
        assertThat(aggregator.seen())
                .filteredOn(seen -> seen.uri().equals("/basic/_count"))
                .hasSize(5)
                .allMatch(seen -> seen.authorization().startsWith("Bearer "));
    }

    @Test
    void bodyOverTheLimitIsRefusedAnnouncedOrChunked() throws IOException {
        byte[] tooMuch = new byte[200 * 1024];

        assertError(
                gateway.send("POST", "/_bulk?big", bearer, BodyPublishers.ofByteArray(tooMuch)),
                413,
                "content_too_long_exception");
        HttpResponse<String> fits = gateway.send(
                "POST",
                "/_bulk",
                bearer,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[90000])));
        assertThat(fits.statusCode()).isEqualTo(200);
        assertThat(index.seen()).noneMatch(seen -> seen.uri().contains("big"));
        assertError(
                gateway.send("POST", "/wiki/_search?big", bearer, BodyPublishers.ofByteArray(new byte[11 * 1024])),
                413,
                "content_too_long_exception");
        assertThat(aggregator.seen()).noneMatch(seen -> seen.uri().contains("big"));
    }

    /** Nor does the gateway hang up meanwhile: a connection that is reset takes the answer with it. */
    @Test
    void clientThatSendsItsWholeBodyBeforeItReadsHearsThatItIsTooLarge() throws IOException {
        String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
        String next =
                "GET /wiki/_count HTTP/1.1\r\nHost: x\r\nAuthorization: " + bearer + "\r\nConnection: close\r\n\r\n";

        String announced = sentWhole("Content-Length: " + (8 << 20), "x".repeat(8 << 20) + next);
        String chunked = sentWhole("Transfer-Encoding: chunked", chunk.repeat(2048) + "0\r\n\r\n" + next);

        for (String answers : List.of(announced, chunked)) {
            assertThat(answers).startsWith("HTTP/1.1 413 ").contains("content_too_long_exception");
            assertThat(answers).contains("HTTP/1.1 200 ");
        }
    }

    @Test
    void bodyThatWaitsToBeAskedForIsNotAskedForWhenItIsTooLarge() throws IOException {
        String answer = sentWhole("Expect: 100-continue\r\nContent-Length: " + (8 << 20), "");

        assertThat(answer).startsWith("HTTP/1.1 413 ").doesNotContain("100 Continue");
    }

    /** By hand, because a client may look at the answer while it sends. Until the gateway hangs up. */
    private static String sentWhole(String length, String body) throws IOException {
        try (Socket socket = new Socket(gateway.base().getHost(), gateway.base().getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /_bulk?big HTTP/1.1\r\nHost: x\r\nAuthorization: " + bearer + "\r\n" + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void urlsAreMendedOrRefusedInWords() throws IOException {
        assertThat(raw("GET /wiki/_doc/a|b<c>?q={x}"))
                .contains("200 OK")
                .contains("aggregator GET /wiki/_doc/a%7Cb%3Cc%3E?q=%7Bx%7D");
        assertThat(raw("GET /wiki/_doc/a[0]?q=f:[1]"))
                .contains("200 OK")
                .contains("aggregator GET /wiki/_doc/a%5B0%5D?q=f:%5B1%5D");
        assertThat(raw("GET /wiki/_doc/%zz")).contains("400").contains("illegal_argument_exception");
        assertThat(raw("GET /wiki/_search?q=50%")).contains("400").contains("illegal_argument_exception");
    }

    private static String raw(String requestLine) throws IOException {
        try (Socket socket = new Socket(gateway.base().getHost(), gateway.base().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((requestLine + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: " + bearer
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void requestsAreTimedByServiceAndAnswer() throws IOException {
        gateway.send("GET", "/timed/_count", bearer);
        String monitor =
                "Bearer " + issuer.token("mona", "monitor", Instant.now().plusSeconds(60));

        assertThat(gateway.send("GET", "/actuator/prometheus", monitor).body())
                .containsPattern(
                        "elpis_gateway_requests_seconds_count\\{answer=\"2xx\",service=\"aggregator-service\"} [1-9]");
    }

    @Test
    void pathsThatClimbAreRefused() throws IOException {
        assertError(gateway.send("GET", "/actuator/health/%2e%2e/info", bearer), 400, "illegal_argument_exception");
    }
}
