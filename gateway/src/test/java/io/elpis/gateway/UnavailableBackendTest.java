package io.elpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What callers see of services that are missing, die under a request or never answer. */
class UnavailableBackendTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TestIssuer issuer = new TestIssuer();
    private static final TestBackend index = new TestBackend("index");
    private static final TestBackend auth = new TestBackend("auth");
    private static final CountDownLatch over = new CountDownLatch(1);
    private static final String bearer = "Bearer " + issuer.token();
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        auth.answering(TestBackend.fixed(Map.of("/oauth2/jwks", issuer.publicKeys())));
        index.answering((exchange, body) -> {
            if (exchange.getRequestURI().getPath().equals("/slow")) {
                try {
                    over.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.close();
        });
        gateway = RunningGateway.start(
                Map.of("index-service", List.of(index.uri()), "auth-service", List.of(auth.uri())),
                "elpis.gateway.deadline=4s",
                "elpis.gateway.breaker-calls=1000");
    }

    @AfterAll
    static void stop() {
        over.countDown();
        gateway.close();
        index.close();
        auth.close();
    }

    private static String type(HttpResponse<String> answer) {
        return JSON.readTree(answer.body()).at("/error/type").stringValue();
    }

    @Test
    void missingServiceIs503WithRetryAfter() throws IOException {
        HttpResponse<String> answer = gateway.send("POST", "/_search", bearer, BodyPublishers.ofString("{}"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(type(answer)).isEqualTo("service_unavailable_exception");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void writeThatLostItsServiceIsNotSaidToHaveFailed() throws IOException {
        HttpResponse<String> answer = gateway.send("PUT", "/wiki/_doc/1", bearer, BodyPublishers.ofString("{}"));

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("not known");
    }

    @Test
    void readThatLostItsServiceMayBeRepeated() throws IOException {
        assertThat(gateway.send("GET", "/wiki", bearer).statusCode()).isEqualTo(503);
    }

    @Test
    void deadlinePassesAs504() throws IOException {
        HttpResponse<String> answer = gateway.send("GET", "/slow", bearer);

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(type(answer)).isEqualTo("timeout_exception");
    }

    @Test
    void basicWithoutAuthServiceToAskIsNotARefusal() throws IOException {
        assertThat(gateway.send("GET", "/wiki", "Basic Ym9iOnNlY3JldA==").statusCode())
                .isEqualTo(503);
    }
}
