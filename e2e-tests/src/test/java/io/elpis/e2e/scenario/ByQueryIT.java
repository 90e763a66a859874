package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Changes and copies of many documents: their accounts are exact, whoever writes or dies meanwhile. */
@ExtendWith(SharedPlatform.class)
final class ByQueryIT {
    private static final int DOCUMENTS = 4_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Platform platform;
    private final Rest rest;

    ByQueryIT(Platform platform) {
        this.platform = platform;
        this.rest = platform.rest();
    }

    @BeforeEach
    void fill() {
        Answer created = rest.put("/many", """
                {"settings": {"number_of_shards": 3, "number_of_replicas": 1},
                 "mappings": {"dynamic": false, "properties": {"n": {"type": "integer"}, "kind": {"type": "keyword"}}}}""");
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        platform.awaitGreen("many");
        for (int from = 0; from < DOCUMENTS; from += 1_000) {
            StringBuilder lines = new StringBuilder();
            for (int n = from; n < from + 1_000; n++) {
                lines.append("{\"index\":{\"_id\":\"d").append(n).append("\"}}\n{\"n\":");
                lines.append(n)
                        .append(",\"kind\":\"")
                        .append(n % 4 == 0 ? "keep" : "go")
                        .append("\",\"later\":\"x\"}\n");
            }
            Answer answer = rest.post("/many/_bulk", lines.toString());
            assertThat(answer.at("/errors").asBoolean()).as(answer.body()).isFalse();
        }
    }

    @AfterEach
    void mend() {
        platform.startMissing();
        rest.delete("/many");
        rest.delete("/copied");
    }

    private static final String GO = "{\"query\":{\"term\":{\"kind\":\"go\"}}}";
    private static final int GOING = DOCUMENTS / 4 * 3;

    private long count(String index, String body) {
        assertThat(rest.post("/" + index + "/_refresh", "")
                        .at("/_shards/failed")
                        .asInt())
                .isZero();
        Answer answer = rest.post("/" + index + "/_count", body);
        assertThat(answer.at("/_shards/failed").asInt()).as(answer.body()).isZero();
        return answer.at("/count").asLong();
    }

    private String start(String pathAndParameters, String body) {
        Answer answer = rest.post(pathAndParameters + "&wait_for_completion=false", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.at("/task").asString();
    }

    /** Through the gateway, whichever index-service answers. */
    private JsonNode task(String name) {
        Answer answer = rest.get("/_tasks/" + name);
        assertThat(answer.status()).as(answer.body()).isIn(200, 503, 504);
        return answer.json();
    }

    private void awaitDeleted(String name, int least) {
        await("deleted by " + name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> task(name).at("/task/status/deleted").asInt() >= least);
    }

    private JsonNode awaitEnd(String name) {
        await("end of " + name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> task(name).path("completed").asBoolean());
        return task(name);
    }

    @Test
    void whatIsLeftOfADeleteIsExactlyWhatOthersChanged() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger changed = new AtomicInteger();
        Answer deleted;
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < 2; writer++) {
                int start = writer;
                writers.submit(() -> {
                    // Backwards and all over: an update of a document that is deleted already is a 404.
                    for (int n = DOCUMENTS - 1 - start; n >= 0 && !stop.get(); n -= 2) {
                        int status = rest.post("/many/_update/d" + n, "{\"doc\":{\"n\":-1}}")
                                .status();
                        changed.addAndGet(status == 200 ? 1 : 0);
                    }
                });
            }
            await().atMost(PATIENCE).until(() -> changed.get() > 20);
            deleted =
                    rest.post("/many/_delete_by_query?conflicts=proceed&scroll_size=100&requests_per_second=1500", GO);
            stop.set(true);
            writers.shutdown();
            assertThat(writers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(deleted.status()).as(deleted.body()).isEqualTo(200);
        long conflicts = deleted.at("/version_conflicts").asLong();
        assertThat(deleted.at("/total").asLong()).as(deleted.body()).isEqualTo(GOING);
        assertThat(deleted.at("/deleted").asLong() + conflicts)
                .as(deleted.body())
                .isEqualTo(GOING);
        assertThat(conflicts).as(deleted.body()).isPositive();
        assertThat(count("many", GO)).isEqualTo(conflicts);
        assertThat(count("many", "")).isEqualTo(DOCUMENTS - GOING + conflicts);
    }

    @Tag("faults")
    @Test
    void aTaskOutlivesTheInstanceThatRunsIt() {
        String name = start("/many/_delete_by_query?scroll_size=50&requests_per_second=300", GO);
        awaitDeleted(name, 200);
        String runner = task(name).at("/task/runner").asString();
        platform.killAtOnce(runner);
        await("another runner")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    String now = task(name).at("/task/runner").asString();
                    return !now.isEmpty() && !now.equals(runner);
                });
        assertThat(rest.post("/_delete_by_query/" + name + "/_rethrottle?requests_per_second=-1", "")
                        .status())
                .isEqualTo(200);
        JsonNode ended = awaitEnd(name);
        assertThat(ended.at("/response/deleted").asLong()).as(ended.toString()).isEqualTo(GOING);
        assertThat(ended.at("/response/total").asLong()).as(ended.toString()).isEqualTo(GOING);
        assertThat(ended.at("/response/version_conflicts").asLong())
                .as(ended.toString())
                .isZero();
        assertThat(count("many", "")).isEqualTo(DOCUMENTS - GOING);
    }

    @Tag("faults")
    @Test
    void aTaskOutlivesTheNodesItReads() {
        String name = start("/many/_delete_by_query?scroll_size=50&requests_per_second=300", GO);
        awaitDeleted(name, 200);
        platform.killAtOnce("query-1");
        awaitDeleted(name, 600);
        platform.startInstance("query-1");
        platform.awaitGreen("many");
        platform.killAtOnce("query-2");
        rest.post("/_delete_by_query/" + name + "/_rethrottle?requests_per_second=1000", "");
        JsonNode ended = awaitEnd(name);
        assertThat(ended.at("/response/deleted").asLong()).as(ended.toString()).isEqualTo(GOING);
        assertThat(ended.at("/response/version_conflicts").asLong())
                .as(ended.toString())
                .isZero();
        assertThat(count("many", "")).isEqualTo(DOCUMENTS - GOING);
    }

    @Test
    void aThrottledTaskTakesItsTimeAndEndsWhenItIsCancelled() {
        long began = System.nanoTime();
        String name = start("/many/_delete_by_query?scroll_size=100&requests_per_second=100", GO);
        Answer running = rest.get("/_tasks?actions=*byquery&detailed=true");
        assertThat(running.body()).contains(name).contains("delete-by-query [many]");
        awaitDeleted(name, 300);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1_900));
        Answer cancelled = rest.post("/_tasks/" + name + "/_cancel", "");
        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(200);
        JsonNode ended = awaitEnd(name);
        assertThat(ended.at("/task/cancelled").asBoolean()).isTrue();
        assertThat(ended.at("/response/canceled").asString()).isEqualTo("by user request");
        assertThat(ended.at("/response/throttled_millis").asLong()).isPositive();
        long deleted = ended.at("/response/deleted").asLong();
        assertThat(deleted).isBetween(300L, (long) GOING - 1);
        assertThat(count("many", "")).isEqualTo(DOCUMENTS - deleted);
        assertThat(rest.post("/_tasks/" + name + "/_cancel", "").status()).isEqualTo(404);
    }

    @Test
    void aReindexCopiesEverythingAndThenMeetsItself() {
        String body = "{\"source\":{\"index\":\"many\"},\"dest\":{\"index\":\"copied\",\"op_type\":\"create\"}%s}";
        Answer copied = rest.post("/_reindex?refresh=true", body.formatted(""));
        assertThat(copied.status()).as(copied.body()).isEqualTo(200);
        assertThat(copied.at("/created").asLong()).as(copied.body()).isEqualTo(DOCUMENTS);
        assertThat(rest.post("/copied/_count", "").at("/count").asLong()).isEqualTo(DOCUMENTS);
        assertThat(rest.get("/copied/_doc/d17").at("/_source").toString())
                .isEqualTo(rest.get("/many/_doc/d17").at("/_source").toString());

        Answer aborted = rest.post("/_reindex", body.formatted(""));
        assertThat(aborted.status()).as(aborted.body()).isEqualTo(409);
        assertThat(aborted.at("/failures/0/cause/type").asString()).isEqualTo("version_conflict_engine_exception");
        Answer proceeded = rest.post("/_reindex", body.formatted(",\"conflicts\":\"proceed\""));
        assertThat(proceeded.status()).as(proceeded.body()).isEqualTo(200);
        assertThat(proceeded.at("/version_conflicts").asLong())
                .as(proceeded.body())
                .isEqualTo(DOCUMENTS);
    }

    @Test
    void anUpdateTakesUpWhatTheMappingHasLearnt() {
        String later = "{\"query\":{\"term\":{\"later\":\"x\"}}}";
        rest.put("/many/_mapping", "{\"properties\":{\"later\":{\"type\":\"keyword\"}}}");
        assertThat(count("many", later)).isZero();
        Answer updated = rest.post("/many/_update_by_query", GO);
        assertThat(updated.status()).as(updated.body()).isEqualTo(200);
        assertThat(updated.at("/updated").asLong()).as(updated.body()).isEqualTo(GOING);
        Answer seen = rest.inSession(updated.session()).post("/many/_count", later);
        assertThat(seen.at("/count").asLong()).as(seen.body()).isEqualTo(GOING);
    }

    @Test
    void anUpdateMergesItsDocIntoEachDocument() {
        String changed = "{\"query\":{\"term\":{\"kind\":\"gone\"}}}";
        String body = "{\"query\":{\"terms\":{\"kind\":[\"go\",\"gone\"]}},\"doc\":{\"kind\":\"gone\"}}";
        rest.post("/many/_update/d1?refresh=true", "{\"doc\":{\"kind\":\"gone\"}}");
        Answer updated = rest.post("/many/_update_by_query?refresh=true", body);
        assertThat(updated.status()).as(updated.body()).isEqualTo(200);
        assertThat(updated.at("/total").asLong()).as(updated.body()).isEqualTo(GOING);
        assertThat(updated.at("/updated").asLong()).as(updated.body()).isEqualTo(GOING - 1);
        assertThat(updated.at("/noops").asLong()).as(updated.body()).isEqualTo(1);
        assertThat(count("many", changed)).isEqualTo(GOING);
        assertThat(rest.get("/many/_doc/d2").at("/_source").toString())
                .isEqualTo("{\"n\":2,\"kind\":\"gone\",\"later\":\"x\"}");
        Answer unfit = rest.post("/many/_update_by_query", "{\"doc\":{\"n\":\"no number\"}}");
        assertThat(unfit.status()).as(unfit.body()).isEqualTo(400);
        assertThat(unfit.at("/error/type").asString()).isEqualTo("mapper_parsing_exception");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(rest.post("/many/_delete_by_query", "").body()).contains("query is missing");
        assertThat(rest.post("/many/_update_by_query", "{\"script\":{\"source\":\"x\"}}")
                        .status())
                .isEqualTo(400);
        Answer unfit = rest.post("/many/_delete_by_query", "{\"query\":{\"range\":{\"n\":{\"gt\":\"no number\"}}}}");
        assertThat(unfit.status()).as(unfit.body()).isEqualTo(400);
        assertThat(rest.post("/none/_delete_by_query", GO).status()).isEqualTo(404);
        assertThat(rest.get("/_tasks/index-1:999999999").status()).isEqualTo(404);
    }
}
