package io.elpis.aggregator;

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
import io.elpis.support.identity.KeySource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The service as a whole, without nodes. */
final class AggregatorServiceTest {
    private static final ECKey KEY = key();

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void theServiceStartsAndAnswersWithoutNodes() throws Exception {
        try (ConfigurableApplicationContext service = new SpringApplicationBuilder(
                        AggregatorApplication.class, Keys.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--eureka.client.enabled=false",
                        "--elpis.instance=aggregator-1",
                        "--elpis.zone=zone-a")) {
            URI base = URI.create("http://127.0.0.1:"
                    + service.getEnvironment().getRequiredProperty("local.server.port", Integer.class));

            assertThat(send(base, "/actuator/health/liveness", "").statusCode()).isEqualTo(200);
            assertThat(send(base, "/nope*/_search?filter_path=hits.total.value", "")
                            .body())
                    .isEqualTo("{\"hits\":{\"total\":{\"value\":0}}}");
            HttpResponse<String> deep = send(base, "/nope*/_search?size=100000000", "");
            assertThat(deep.statusCode()).isEqualTo(400);
            assertThat(deep.body()).contains("Result window is too large");
            assertThat(send(base, "/nope/_search", "").statusCode()).isEqualTo(404);
            assertThat(send(base, "/nope/_doc/1", "").statusCode()).isEqualTo(404);
            assertThat(send(base, "/nope/_mget", "{\"ids\":[\"1\"]}").body()).contains("no such index [nope]");
        }
    }

    private HttpResponse<String> send(URI base, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token())
                .method(
                        body.isEmpty() ? "GET" : "POST",
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static String token() throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KEY.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer("http://auth-service")
                        .subject("eve")
                        .claim("scope", "read")
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
