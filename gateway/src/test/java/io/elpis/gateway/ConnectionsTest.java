package io.elpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What callers see when all of the gateway's own connections are in use. */
class ConnectionsTest {
    @Test
    void requestsBeyondTheConnectionsAreRefusedAndSpeakAgainstNobody() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        TestIssuer issuer = new TestIssuer();
        String bearer = "Bearer " + issuer.token();
        try (TestBackend index = new TestBackend("index");
                TestBackend auth = new TestBackend("auth")) {
            auth.answering(TestBackend.fixed(Map.of("/oauth2/jwks", issuer.publicKeys())));
            index.answering((exchange, body) -> {
                asked.countDown();
                try {
                    over.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            try (RunningGateway gateway = RunningGateway.start(
                    Map.of("index-service", List.of(index.uri()), "auth-service", List.of(auth.uri())),
                    "elpis.gateway.breaker-calls=2",
                    "spring.cloud.gateway.server.webflux.httpclient.pool.max-connections=1",
                    "spring.cloud.gateway.server.webflux.httpclient.pool.acquire-timeout=100")) {
                CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> status(gateway, bearer));
                asked.await(20, TimeUnit.SECONDS);
                for (int i = 0; i < 3; i++) {
                    HttpResponse<String> answer = gateway.send("GET", "/wiki", bearer);
                    assertThat(answer.statusCode()).isEqualTo(429);
                    assertThat(answer.body()).contains("connections to index-service");
                }
                over.countDown();

                assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(200);
                assertThat(status(gateway, bearer)).isEqualTo(200);
            } finally {
                over.countDown();
            }
        }
    }

    private static int status(RunningGateway gateway, String bearer) {
        try {
            return gateway.send("GET", "/wiki", bearer).statusCode();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
