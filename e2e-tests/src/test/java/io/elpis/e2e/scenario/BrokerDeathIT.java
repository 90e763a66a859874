package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.e2e.fire.Brokers;
import io.elpis.e2e.fire.Writers;
import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Kafka as users run it: three brokers, of which one may die at any time. */
@Tag("torture")
final class BrokerDeathIT {
    private static final List<String> BROKERS = List.of("kafka-1", "kafka-2", "kafka-3");

    /** How long a client must be ready to repeat a write; what it takes here is said in docs/architecture.md. */
    private static final Duration RETRY_WINDOW = Duration.ofSeconds(30);

    /** How soon a write is refused when the log is known to be away: well before a producer would give up. */
    private static final Duration QUICKLY = Duration.ofSeconds(8);

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static Platform platform;
    private static Rest rest;
    private static Brokers brokers;

    @BeforeAll
    static void up() {
        platform = Platform.start("--nodes", "2", "--brokers", "3");
        rest = platform.rest();
        brokers = new Brokers(platform);
    }

    @AfterAll
    static void down() {
        brokers.close();
        platform.close();
    }

    @AfterEach
    void mend() {
        platform.up();
    }

    @Test
    void eachBrokerDiesInTurnAndNoWriteFailsForLong() {
        createIndex("turns");
        try (Writers writers = new Writers(rest, "turns")) {
            writers.start();
            writers.awaitProgress(LIMIT);
            for (String victim : controllerLast()) {
                brokers.awaitInSync(3);
                ProcessHandle process = platform.handle(victim);
                writers.longestWrite();
                process.destroyForcibly();
                indexIsCreatedOrNotAtAll("made-without-" + victim);
                writers.awaitProgress(LIMIT);
                assertThat(writers.longestWrite()).as(victim).isLessThan(RETRY_WINDOW);
                platform.startInstance(victim);
            }
            brokers.awaitInSync(3);
            writers.awaitProgress(LIMIT);
            writers.stop();
            everyCopyHolds(writers, "turns");
        }
    }

    @Test
    void aBrokerThatStandsStillIsPassedOver() {
        createIndex("still");
        brokers.awaitInSync(3);
        ProcessHandle controller = platform.handle(brokers.activeController());
        try (Writers writers = new Writers(rest, "still")) {
            writers.start();
            writers.awaitProgress(LIMIT);
            writers.longestWrite();
            Platform.pause(controller);
            try {
                writers.awaitProgress(LIMIT);
                assertThat(writers.longestWrite()).isLessThan(RETRY_WINDOW);
            } finally {
                Platform.resume(controller);
            }
            brokers.awaitInSync(3);
            writers.awaitProgress(LIMIT);
            writers.stop();
            everyCopyHolds(writers, "still");
        }
    }

    @Test
    void withoutTheLogReadsGoOnAndWritesAreRefused() {
        createIndex("without");
        assertThat(rest.put("/without/_doc/known?refresh=true", "{\"n\": 1}").status())
                .isEqualTo(201);
        brokers.awaitInSync(3);
        List<ProcessHandle> processes = BROKERS.stream().map(platform::handle).toList();
        try (Writers writers = new Writers(rest, "without")) {
            writers.start();
            writers.awaitProgress(LIMIT);

            processes.get(0).destroyForcibly();
            processes.get(1).destroyForcibly();
            awaitRefusal();
            writesAreRefusedQuickly();
            readsGoOn();

            processes.get(2).destroyForcibly();
            writesAreRefusedQuickly();
            readsGoOn();
            indexIsCreatedOrNotAtAll("never");

            platform.up();
            writers.awaitProgress(LIMIT);
            brokers.awaitInSync(3);
            writers.stop();
            for (String mine : List.of("known", "tried")) {
                rest.delete("/without/_doc/" + mine);
            }
            // Those that were refused are no more than all that is counted there.
            everyCopyHolds(writers, "without");
        }
    }

    /** The first to find out may be taken for undecided. */
    private static void awaitRefusal() {
        await("refused")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> rest.put("/without/_doc/tried", "{\"n\": 2}").status() == 503);
    }

    private static void writesAreRefusedQuickly() {
        for (int n = 0; n < 100; n++) {
            long at = System.nanoTime();
            Answer refused = rest.put("/without/_create/refused-" + n, "{\"n\": 2}");
            Duration took = Duration.ofNanos(System.nanoTime() - at);
            assertThat(refused.status()).as(n + ": " + refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(took).as(refused.body()).isLessThan(QUICKLY);
        }
    }

    private static void readsGoOn() {
        for (int n = 0; n < 5; n++) {
            Answer read = rest.get("/without/_doc/known");
            assertThat(read.at("/_source/n").asInt()).as(read.body()).isEqualTo(1);
            assertThat(read.headers().firstValue("Warning")).isPresent();
            Answer found = rest.search("without", "{\"query\": {\"ids\": {\"values\": [\"known\"]}}}");
            assertThat(found.at("/hits/total/value").asInt()).as(found.body()).isEqualTo(1);
            assertThat(found.at("/_shards/failed").asInt()).as(found.body()).isZero();
        }
    }

    private static void indexIsCreatedOrNotAtAll(String index) {
        Answer created = rest.put("/" + index, "{\"settings\": {\"number_of_shards\": 3}}");
        assertThat(created.status()).as(created.body()).isIn(200, 503);
        if (created.status() == 200) {
            assertThat(rest.put("/" + index + "/_doc/1", "{}").status()).isIn(201, 202, 503);
        } else {
            assertThat(created.headers().firstValue("Retry-After")).isPresent();
            assertThat(rest.get("/" + index).status()).isEqualTo(404);
        }
    }

    private static void createIndex(String index) {
        Answer created = rest.put("/" + index, "{\"settings\": {\"number_of_shards\": 2, \"number_of_replicas\": 1}}");
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        platform.awaitGreen(index);
    }

    /** The other two die and come back before it, so it still is the active one when its turn comes. */
    private static List<String> controllerLast() {
        String active = brokers.activeController();
        List<String> order = new ArrayList<>(BROKERS);
        order.remove(active);
        order.add(active);
        return order;
    }

    private static void everyCopyHolds(Writers writers, String index) {
        platform.awaitGreen(index);
        writers.account().holdAgainst(rest, index);
        await("all copies alike").atMost(LIMIT).until(() -> copiesAgree(index));
    }

    private static boolean copiesAgree(String index) {
        Map<Integer, Set<Long>> documents = new TreeMap<>();
        int copies = 0;
        for (JsonNode copy : rest.get("/_elpis/shards").json()) {
            if (copy.get("index").asString().equals(index)) {
                copies += copy.get("lag").asLong() == 0 ? 1 : 0;
                documents
                        .computeIfAbsent(copy.get("shard").asInt(), _ -> new HashSet<>())
                        .add(copy.get("documents").asLong());
            }
        }
        return copies == 4 && documents.values().stream().allMatch(counts -> counts.size() == 1);
    }
}
