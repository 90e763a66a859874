package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No request without a valid token gets past the gateway, nor into a service directly. */
@ExtendWith(SharedPlatform.class)
final class IdentityIT {
    private final Platform platform;

    IdentityIT(Platform platform) {
        this.platform = platform;
    }

    @Test
    void requestsWithoutTokenAreRefused() {
        Answer answer = platform.anonymous().get("/_search");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).contains("Bearer"));
        assertThat(answer.at("/status").asInt()).isEqualTo(401);
        assertThat(answer.at("/error/type").asString()).isEqualTo("security_exception");
    }

    @Test
    void tamperedTokensAreRefused() {
        String token = platform.token();
        int middle = token.lastIndexOf('.') + 10;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        String tampered = token.substring(0, middle) + other + token.substring(middle + 1);
        assertThat(platform.anonymous()
                        .withAuthorization("Bearer " + tampered)
                        .get("/_cluster/health")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"discovery-1", "aggregator-1", "index-1", "query-1", "auth-1", "gateway-1"})
    void servicesVerifyTheTokenThemselves(String instance) {
        Rest direct = platform.anonymous().at(platform.instanceUri(instance));
        assertThat(direct.get("/_search").status()).isEqualTo(401);
        assertThat(direct.get("/actuator/prometheus").status()).isEqualTo(401);
        assertThat(direct.get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void actuatorTellsAdministratorsVersionAndMetrics() {
        for (String instance : List.of("discovery-1", "aggregator-1", "index-1", "query-1", "auth-1", "gateway-1")) {
            Rest direct = platform.rest().at(platform.instanceUri(instance));
            assertThat(direct.get("/actuator/health/readiness").at("/status").asString())
                    .as(instance)
                    .isEqualTo("UP");
            assertThat(direct.get("/actuator/info").at("/build/version").asString())
                    .as(instance)
                    .isNotEmpty();
            assertThat(direct.get("/actuator/prometheus").body()).as(instance).contains("jvm_memory_used_bytes");
        }
    }
}
