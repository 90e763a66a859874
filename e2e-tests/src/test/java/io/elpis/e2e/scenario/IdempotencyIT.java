package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes are told their first outcome again, whatever has died and started meanwhile. */
@Tag("faults")
final class IdempotencyIT {
    private static final String MIXED = """
            {"index": {"_id": "kept"}}
            {"n": 2}
            {"create": {"_id": "kept"}}
            {"n": 3}
            {"index": {"_id": "new"}}
            {"n": 1, "tags": ["a"]}
            {"update": {"_id": "new"}}
            {"doc": {"tags": ["b"]}}
            {"update": {"_id": "new"}}
            {"doc": {"tags": ["b"]}}
            {"update": {"_id": "none"}}
            {"doc": {"n": 1}}
            {"delete": {"_id": "gone"}}
            {"delete": {"_id": "gone"}}
            {"index": {}}
            {"n": 7}
            """;

    private static final Platform PLATFORM = Platform.start("--nodes", "2", "--zones", "1");

    @AfterAll
    static void close() {
        PLATFORM.close();
    }

    @Test
    void aRepeatIsToldTheFirstOutcomeWhateverDied() throws Exception {
        Rest rest = PLATFORM.rest();
        rest.put("/once", "{\"settings\":{\"number_of_shards\":2,\"number_of_replicas\":1}}");
        PLATFORM.awaitGreen("once");
        rest.put("/once/_doc/kept", "{\"n\":1}");
        rest.put("/once/_doc/gone", "{\"n\":1}");

        List<JsonNode> mixed = items(bulk("mixed", MIXED));
        assertThat(mixed.stream().map(item -> item.get("status").asInt()))
                .containsExactly(200, 409, 201, 200, 200, 404, 200, 404, 201);
        assertThat(items(bulk("mixed", MIXED))).isEqualTo(mixed);

        List<JsonNode> survived = whileDying("query-1", "many", 0);
        List<JsonNode> survivedToo = whileDying("query-2", "more", 100_000);

        PLATFORM.down();
        PLATFORM.up();
        PLATFORM.awaitGreen("once");
        assertThat(items(bulk("mixed", MIXED))).isEqualTo(mixed);
        assertThat(items(bulk("many", lines(0)))).isEqualTo(survived);
        assertThat(items(bulk("more", lines(100_000)))).isEqualTo(survivedToo);
        unmoved(mixed.get(3), "new");
        unmoved(mixed.getFirst(), "kept");
        unmoved(survived.get(77), "d77");
        assertThat(PLATFORM.rest().get("/once/_doc/gone").status()).isEqualTo(404);
    }

    @Test
    void anUndecidedWriteIsLookedUpLater() {
        Rest rest = PLATFORM.rest();
        rest.put("/later", "{\"settings\":{\"number_of_shards\":1,\"number_of_replicas\":1}}");
        PLATFORM.awaitGreen("later");
        Answer hasty = rest.put("/later/_doc/1?timeout=0s", "{\"n\":1}");
        assertThat(hasty.status()).as(hasty.body()).isEqualTo(202);
        assertThat(hasty.at("/result").asString()).isEqualTo("undecided");
        String place = hasty.headers().firstValue("Location").orElseThrow();
        assertThat(place).isEqualTo("/_elpis/outcome/" + hasty.at("/_op_id").asString());
        await().atMost(Duration.ofSeconds(30)).until(() -> rest.get(place).status() == 200);
        Answer found = rest.get(place);
        assertThat(found.at("/_id").asString()).isEqualTo("1");
        assertThat(found.at("/_index").asString()).isEqualTo("later");
        assertThat(found.at("/result").asString()).isEqualTo("created");
        assertThat(found.at("/status").asInt()).isEqualTo(201);
        assertThat(found.at("/_version").asInt()).isEqualTo(1);

        PLATFORM.kill("query-1");
        PLATFORM.kill("query-2");
        Answer alone = rest.put("/later/_create/1?timeout=2s", "{\"n\":2}");
        assertThat(alone.status()).as(alone.body()).isEqualTo(202);
        assertThat(alone.at("/_position/offset").isNumber()).isTrue();
        PLATFORM.startMissing();
        PLATFORM.awaitGreen("later");
        Answer decided = rest.get("/_elpis/outcome/" + alone.at("/_op_id").asString());
        assertThat(decided.status()).as(decided.body()).isEqualTo(200);
        assertThat(decided.at("/status").asInt()).isEqualTo(409);
        assertThat(decided.at("/error/type").asString()).isEqualTo("version_conflict_engine_exception");

        rest.delete("/later");
        assertThat(rest.get(place).status()).isEqualTo(404);
    }

    /** Kills the node in the middle of a bulk; one of the two nodes has the copy that the writer follows. */
    private static List<JsonNode> whileDying(String node, String key, int from) throws Exception {
        long before = refreshedCount();
        CompletableFuture<Answer> writing = CompletableFuture.supplyAsync(() -> bulk(key, lines(from)));
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> writing.isDone()
                        || PLATFORM.rest().get("/once/_doc/d" + from).status() == 200);
        PLATFORM.killAtOnce(node);
        List<JsonNode> told = items(writing.get(120, TimeUnit.SECONDS));
        assertThat(told)
                .allSatisfy(item -> assertThat(item.get("status").asInt())
                        .as(item.toString())
                        .isEqualTo(201));
        PLATFORM.startInstance(node);
        PLATFORM.awaitGreen("once");
        assertThat(items(bulk(key, lines(from)))).isEqualTo(told);
        assertThat(refreshedCount() - before).isEqualTo(told.size());
        return told;
    }

    private static long refreshedCount() {
        PLATFORM.rest().post("/once/_refresh", "");
        return PLATFORM.rest().get("/once/_count").at("/count").asLong();
    }

    private static String lines(int from) {
        StringBuilder lines = new StringBuilder();
        for (int n = from; n < from + 6_000; n++) {
            lines.append("{\"index\":{\"_id\":\"d").append(n).append("\"}}\n");
            lines.append("{\"n\":").append(n).append(",\"text\":\"all alike\"}\n");
        }
        return lines.toString();
    }

    private static Answer bulk(String key, String lines) {
        return PLATFORM.rest().withHeader("Idempotency-Key", key).post("/once/_bulk", lines);
    }

    /** Without {@code _shards}, which tells of copies and not of the write. */
    private static List<JsonNode> items(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<JsonNode> items = new ArrayList<>();
        answer.json()
                .get("items")
                .forEach(item -> item.properties().forEach(action -> {
                    ((ObjectNode) action.getValue()).remove("_shards");
                    items.add(action.getValue());
                }));
        return items;
    }

    private static void unmoved(JsonNode item, String id) {
        Answer now = PLATFORM.rest().get("/once/_doc/" + id);
        assertThat(now.at("/_version").asLong())
                .as(now.body())
                .isEqualTo(item.get("_version").asLong());
        assertThat(now.at("/_seq_no").asLong()).isEqualTo(item.get("_seq_no").asLong());
    }
}
