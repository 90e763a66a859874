package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.NodeDoor;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import io.grpc.Status;
import java.util.Arrays;
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
        assertThat(platform.anonymous()
                        .withAuthorization("Bearer " + tampered(platform.token()))
                        .get("/_cluster/health")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void nodesVerifyTheTokenOfEveryCall() {
        String token = platform.token();
        try (NodeDoor door = platform.nodeDoor("query-1")) {
            for (String method : List.of(
                    "Search",
                    "Fetch",
                    "Get",
                    "Refresh",
                    "FollowOutcomes",
                    "FindOutcome",
                    "Scan",
                    "WatchState",
                    "PullCatalog")) {
                for (String authorization :
                        Arrays.asList(null, "Bearer nonsense", "Bearer " + tampered(token), "Basic YWRtaW46YWRtaW4=")) {
                    assertThat(door.call(method, authorization).getCode())
                            .as("%s with %s", method, authorization)
                            .isEqualTo(Status.Code.UNAUTHENTICATED);
                }
            }
            assertThat(door.call("PullCatalog", "Bearer " + token).getCode())
                    .as("known, but no service")
                    .isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    private static String tampered(String token) {
        int middle = token.lastIndexOf('.') + 10;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        return token.substring(0, middle) + other + token.substring(middle + 1);
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
            Answer info = direct.get("/actuator/info");
            assertThat(info.at("/build/version").asString())
                    .as(instance + " " + info.body())
                    .matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
            assertThat(info.at("/git/commit/id").asString())
                    .as(instance + " " + info.body())
                    .matches("[0-9a-f]{7,40}");
            assertThat(direct.get("/actuator/prometheus").body()).as(instance).contains("jvm_memory_used_bytes");
        }
    }
}
