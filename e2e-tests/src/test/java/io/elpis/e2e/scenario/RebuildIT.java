package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A node that stays dead: after the grace period its copies are built from the log on the others. */
@Tag("faults")
final class RebuildIT {
    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final int SHARDS = 2;
    private static final int DOCUMENTS = 300;

    @Test
    void copiesOfADeadNodeAreBuiltElsewhereAfterTheGracePeriod() {
        Map<String, String> shortGrace =
                Map.of("ELPIS_INDEX_OPTS", "-Delpis.placement.grace=" + GRACE.toSeconds() + "s");
        try (Platform platform = Platform.start(shortGrace, "--nodes", "3", "--zones", "1")) {
            Rest rest = platform.rest();
            fill(platform, rest);
            String victim = nodesOf(rest).getFirst();
            List<String> others = new ArrayList<>(List.of("query-1", "query-2", "query-3"));
            others.remove(victim);

            long killed = platform.killAtOnce(victim);
            await("two serving copies of every shard on " + others)
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> nodesOf(rest).stream().sorted().toList().equals(twice(others)));
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isGreaterThan(GRACE);
            platform.awaitGreen("rebuilt");

            // Whoever is left alone now has a rebuilt copy among what it holds.
            for (String next : others) {
                platform.kill(next);
                everythingIsFound(rest);
                platform.startInstance(next);
                platform.awaitGreen("rebuilt");
            }
        }
    }

    private static void fill(Platform platform, Rest rest) {
        Answer created = rest.put("/rebuilt", """
            {"settings": {"number_of_shards": %d, "number_of_replicas": 1}}\
            """.formatted(SHARDS));
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < DOCUMENTS; n++) {
            lines.append("{\"index\":{\"_id\":\"d")
                    .append(n)
                    .append("\"}}\n{\"n\":")
                    .append(n)
                    .append("}\n");
        }
        Answer written = rest.post("/rebuilt/_bulk?refresh=true", lines.toString());
        assertThat(written.at("/errors").asBoolean()).as(written.body()).isFalse();
        platform.awaitGreen("rebuilt");
    }

    /** Where serving copies are, a name for each. */
    private static List<String> nodesOf(Rest rest) {
        List<String> nodes = new ArrayList<>();
        for (JsonNode copy : rest.get("/_elpis/shards").json()) {
            if (copy.path("index").asString("").equals("rebuilt")
                    && copy.path("state").asString("").equals("serving")) {
                nodes.add(copy.path("node").asString(""));
            }
        }
        return nodes;
    }

    private static List<String> twice(List<String> nodes) {
        List<String> each = new ArrayList<>(nodes);
        each.addAll(nodes);
        return each.stream().sorted().toList();
    }

    private static void everythingIsFound(Rest rest) {
        await("all documents in one complete answer")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    Answer answer = rest.search("rebuilt", "{\"size\":0,\"track_total_hits\":true}");
                    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                    assertThat(answer.at("/_shards/failed").asInt())
                            .as(answer.body())
                            .isZero();
                    assertThat(answer.at("/hits/total/value").asInt())
                            .as(answer.body())
                            .isEqualTo(DOCUMENTS);
                });
    }
}
