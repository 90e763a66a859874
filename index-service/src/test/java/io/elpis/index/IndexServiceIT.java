package io.elpis.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.elpis.index.broker.LocalBroker;
import io.elpis.index.http.BodyRoom;
import io.elpis.support.identity.KeySource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The service as a whole, with a broker and a database but without nodes. */
final class IndexServiceIT {
    private static final ECKey KEY = key();

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void theServiceStartsAndItsDoorRefusesWhatItMust() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                ConfigurableApplicationContext service = new SpringApplicationBuilder(
                                IndexServiceApplication.class, Keys.class)
                        .run(
                                "--server.port=0",
                                "--server.address=127.0.0.1",
                                "--eureka.client.enabled=false",
                                "--elpis.instance=index-1",
                                "--elpis.zone=zone-a",
                                "--elpis.ingest.max-body=1MB",
                                "--spring.kafka.bootstrap-servers="
                                        + LocalBroker.connection().get("bootstrap.servers"),
                                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                                "--spring.datasource.username=postgres",
                                "--spring.datasource.password=postgres")) {
            URI base = URI.create("http://127.0.0.1:"
                    + service.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            BodyRoom room = service.getBean(BodyRoom.class);
            long free = room.free();
            String name = "books-" + UUID.randomUUID();

            assertThat(send(base, "GET", "/actuator/health/liveness", "").statusCode())
                    .isEqualTo(200);
            assertThat(send(base, "PUT", "/" + name + "?wait_for_active_shards=0", "{}")
                            .statusCode())
                    .isEqualTo(200);
            HttpResponse<String> typo = send(
                    base,
                    "PUT",
                    "/" + name + "/_mapping",
                    "{\"properties\":{\"x\":{\"type\":\"text\",\"analyzer\":\"typo\"}}}");
            assertThat(typo.statusCode()).isEqualTo(400);
            assertThat(typo.body()).contains("analyzer [typo] has not been configured");
            assertThat(send(base, "GET", "/_cluster/health/" + name + "?wait_for_status=green&timeout=50ms", "")
                            .statusCode())
                    .isEqualTo(408);
            HttpResponse<String> missing = send(base, "GET", "/_cluster/health/" + name + ",missing?timeout=50ms", "");
            assertThat(missing.statusCode()).isEqualTo(408);
            assertThat(missing.body()).contains("\"status\":\"red\"", "\"timed_out\":true");
            assertThat(send(base, "GET", "/_cluster/health/missing*", "").statusCode())
                    .isEqualTo(200);
            assertThat(send(base, "POST", "/_bulk", "{\"index\":{\"_index\":\"a\\u0000b\"}}\n{\"a\":1}\n")
                            .body())
                    .as("a name that the database would not take")
                    .contains("invalid_index_name_exception", "\"status\":400");
            assertThat(send(base, "PUT", "/" + name + "/_doc/1?timeout=50ms", "{\"a\":1}")
                            .statusCode())
                    .as("no node tells an outcome")
                    .isEqualTo(202);
            assertThat(send(base, "POST", "/" + name + "/_doc", "x".repeat(1 << 21))
                            .statusCode())
                    .isEqualTo(413);
            assertThat(send(base, "DELETE", "/" + name, "").statusCode()).isEqualTo(200);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> room.free() == free);
        }
    }

    private HttpResponse<String> send(URI base, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token())
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static String token() throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KEY.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer("http://auth-service")
                        .subject("eve")
                        .claim("scope", "read write manage monitor")
                        .issueTime(Date.from(Instant.now()))
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .build());
        jwt.sign(new ECDSASigner(KEY));
        return jwt.serialize();
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("test").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Keys {
        @Bean
        @Primary
        KeySource testKeys() {
            return () -> new JWKSet(KEY.toPublicJWK());
        }
    }
}
