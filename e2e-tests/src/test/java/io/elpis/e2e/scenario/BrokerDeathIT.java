package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.e2e.fire.Brokers;
import io.elpis.e2e.fire.Copies;
import io.elpis.e2e.fire.WithoutLog;
import io.elpis.e2e.fire.Writers;
import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kafka as users run it: three brokers, of which one may die at any time. */
@Tag("torture")
final class BrokerDeathIT {
    private static final List<String> BROKERS = List.of("kafka-1", "kafka-2", "kafka-3");

    /** How long a client must be ready to repeat a write; what it takes here is said in docs/architecture.md. */
    private static final Duration RETRY_WINDOW = Duration.ofSeconds(30);

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
        WithoutLog users = new WithoutLog(rest, "without");
        brokers.awaitInSync(3);
        List<ProcessHandle> processes = BROKERS.stream().map(platform::handle).toList();
        try (Writers writers = new Writers(rest, "without")) {
            writers.start();
            writers.awaitProgress(LIMIT);

            processes.get(0).destroyForcibly();
            processes.get(1).destroyForcibly();
            users.awaitRefusal();
            users.writesAreRefusedQuickly();
            users.readsGoOn();

            processes.get(2).destroyForcibly();
            users.writesAreRefusedQuickly();
            users.readsGoOn();
            users.readsWarn();
            indexIsCreatedOrNotAtAll("never");

            platform.up();
            writers.awaitProgress(LIMIT);
            brokers.awaitInSync(3);
            writers.stop();
            users.deleteOwn();
            everyCopyHolds(writers, "without");
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
        Copies.awaitAlike(rest, index, 4, LIMIT);
    }
}
