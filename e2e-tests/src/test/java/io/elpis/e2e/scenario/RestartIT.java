package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.ForegroundRun;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A small platform of its own, beside the shared one: down and up keep all data, and neighbours stay strangers. */
@ExtendWith(SharedPlatform.class)
final class RestartIT {
    private static final int MANY = 2_000;

    private final Platform neighbour;

    RestartIT(Platform neighbour) {
        this.neighbour = neighbour;
    }

    @Test
    void dataSurvivesDownAndUpBesideAnotherPlatform() {
        try (Platform small = Platform.planned("--nodes", "1", "--zones", "1")) {
            slowStartGoesOn(small);
            Rest rest = small.rest();
            assertThat(rest.put("/kept", """
                {"settings": {"number_of_shards": 2, "number_of_replicas": 0}}\
                """).status()).isEqualTo(200);
            Answer written = rest.put("/kept/_doc/1", "{\"title\": \"still here\"}");
            assertThat(written.status()).as(written.body()).isEqualTo(201);
            rest.put("/kept/_doc/1", "{\"title\": \"still here, changed\"}");
            Answer many = rest.post("/kept/_bulk", "{\"index\":{}}\n{\"many\":true}\n".repeat(MANY));
            assertThat(many.at("/errors").asBoolean()).as(many.body()).isFalse();
            String definition = rest.get("/kept").body();

            String foreignToken = neighbour.token();
            assertThat(small.anonymous()
                            .withAuthorization("Bearer " + foreignToken)
                            .get("/kept")
                            .status())
                    .isEqualTo(401);
            assertThat(neighbour.rest().get("/kept").status()).isEqualTo(404);

            assertThat(small.outputOf("up", "-d"))
                    .as("a second up says what runs")
                    .containsPattern("gateway-1 +runs already")
                    .doesNotContain("ready after");
            refusedCommandsLeaveAllRunning(small);
            small.down();
            try (ForegroundRun up = small.upInForeground()) {
                up.awaitOutput("Ctrl-C stops");
                small.kill("query-1");
                small.startInstance("query-1");
                dataIsThere(small);
                assertThat(small.anonymous()
                                .withAuthorization("Bearer " + small.token())
                                .get("/kept")
                                .body())
                        .isEqualTo(definition);
                up.interrupt();
                assertThat(small.processes()).isEmpty();
            }
        }
    }

    /** An up that loses patience leaves what it started; repeated, it waits for that and starts the rest. */
    private static void slowStartGoesOn(Platform small) {
        String refusal = small.refusalOf(small.upArguments("-d", "--timeout", "1"));
        assertThat(refusal)
                .contains(
                        "not ready within 1 s",
                        "alive and starting",
                        "/elpis up -d --data " + small.data() + " goes on");
        // The programs that set a new database up end by themselves.
        List<String> started = small.processes().stream()
                .filter(line -> line.contains("bin/java "))
                .toList();
        assertThat(started).isNotEmpty();
        small.up();
        assertThat(small.processes()).containsAll(started);
    }

    private static void refusedCommandsLeaveAllRunning(Platform small) {
        List<String> before = small.processes();
        assertThat(small.refusalOf("up", "-d", "--brokers", "3")).contains("cannot be changed");
        assertThat(small.refusalOf("up", "--port", "1")).contains("runs as it was asked for before");
        assertThat(small.processes()).containsExactlyInAnyOrderElementsOf(before);
    }

    private static void dataIsThere(Platform small) {
        Rest again = small.anonymous().withAuthorization("Bearer " + small.token());
        small.awaitGreen("kept");
        Answer read = again.get("/kept/_doc/1");
        assertThat(read.at("/_source/title").asString()).as(read.body()).isEqualTo("still here, changed");
        assertThat(read.at("/_version").asLong()).isEqualTo(2);
        assertThat(again.put("/kept/_doc/1", "{}").at("/_version").asLong()).isEqualTo(3);
        again.post("/kept/_refresh", "");
        assertThat(again.get("/kept/_count").at("/count").asLong()).isEqualTo(1 + MANY);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> small.status().get("shards").size() == 2);
    }
}
