package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** How fresh reads are, on indices that refresh when they must, and else never. */
@ExtendWith(SharedPlatform.class)
final class ConsistencyIT {
    private static final String COUNTER = "{\"query\":{\"ids\":{\"values\":[\"counter\"]}}}";

    private final Platform platform;
    private final Rest rest;

    ConsistencyIT(Platform platform) {
        this.platform = platform;
        this.rest = platform.rest();
    }

    private void create(int shards, String refreshInterval) {
        Answer created = rest.put("/seen", """
                {"settings": {"number_of_shards": %d, "number_of_replicas": 1, "refresh_interval": "%s"},
                 "mappings": {"properties": {"n": {"type": "long"}, "who": {"type": "keyword"}}}}""".formatted(shards, refreshInterval));
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        platform.awaitGreen("seen");
    }

    @AfterEach
    void remove() {
        rest.delete("/seen");
    }

    /** Of several sessions at the same time, each of which reads with whatever copies it is given. */
    @Test
    void sessionsReadTheirOwnWrites() throws Exception {
        create(2, "-1");
        inParallel(4, client -> {
            String own = "{\"query\":{\"term\":{\"who\":\"c%d\"}}}".formatted(client);
            String session = null;
            for (int n = 1; n <= 50; n++) {
                Answer written = rest.inSession(session)
                        .put("/seen/_doc/c" + client + "-" + n, "{\"n\":%d,\"who\":\"c%d\"}".formatted(n, client));
                assertThat(written.status()).as(written.body()).isEqualTo(201);
                session = written.session();
                Answer counted = rest.inSession(session).post("/seen/_count", own);
                assertThat(counted.at("/count").asInt(-1)).as(counted.body()).isEqualTo(n);
                session = counted.session();
                Answer found = rest.inSession(session).search("seen", own);
                assertThat(total(found)).as(found.body()).isEqualTo(n);
                session = found.session();
            }
            return null;
        });
    }

    @Test
    void sessionsNeverGoBack() throws Exception {
        create(1, "-1");
        rest.put("/seen/_doc/counter", "{\"n\":0}");
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger distinct = new AtomicInteger();
        inParallel(4, client -> {
            if (client == 0) {
                try {
                    for (int n = 1; n <= 150; n++) {
                        Answer written = rest.put("/seen/_doc/counter", "{\"n\":%d}".formatted(n));
                        assertThat(written.status()).as(written.body()).isEqualTo(200);
                        // A reader who wants the newest makes some copy show it, for others to fall back from.
                        rest.get("/seen/_count?consistency=strong");
                    }
                } finally {
                    over.set(true);
                }
                return null;
            }
            String session = null;
            long last = -1;
            while (!over.get()) {
                Answer read = client == 1
                        ? rest.inSession(session).get("/seen/_doc/counter?realtime=false&consistency=session")
                        : rest.inSession(session).post("/seen/_search?consistency=session", COUNTER);
                assertThat(read.status()).as(read.body()).isIn(200, client == 1 ? 404 : 200);
                session = read.session();
                long now = (client == 1 ? read.at("/_source/n") : read.at("/hits/hits/0/_source/n")).asLong(-1);
                assertThat(now).as("after %d: %s", last, read.body()).isGreaterThanOrEqualTo(last);
                distinct.addAndGet(now > last ? 1 : 0);
                last = now;
            }
            return null;
        });
        assertThat(distinct).as("what readers saw change").hasPositiveValue();
    }

    @Test
    void strongReadsSeeEveryAcknowledgedWriteAtOnce() throws Exception {
        create(2, "-1");
        AtomicInteger acknowledged = new AtomicInteger();
        inParallel(4, client -> {
            for (int n = 1; n <= 40; n++) {
                String id = "c" + client + "-" + n;
                assertThat(rest.put("/seen/_doc/" + id, "{\"n\":1}").status()).isEqualTo(201);
                int before = acknowledged.incrementAndGet();
                Answer counted = rest.get("/seen/_count?consistency=strong");
                assertThat(counted.at("/count").asInt(-1)).as(counted.body()).isGreaterThanOrEqualTo(before);
                Answer found = rest.search("seen", "{\"query\":{\"ids\":{\"values\":[\"%s\"]}}}".formatted(id));
                assertThat(found.status()).isEqualTo(200);
                assertThat(found.headers().firstValue("Elpis-Session")).isEmpty();
                assertThat(rest.get("/seen/_doc/" + id + "?consistency=strong")
                                .at("/found")
                                .asBoolean())
                        .isTrue();
                Answer many = rest.post("/seen/_mget?consistency=strong", "{\"ids\":[\"%s\"]}".formatted(id));
                assertThat(many.at("/docs/0/found").asBoolean()).as(many.body()).isTrue();
            }
            return null;
        });
        assertThat(rest.get("/seen/_count?consistency=strong").at("/count").asInt())
                .isEqualTo(160);
    }

    @Test
    void eventualReadsNeedNotSeeWhatASessionDoes() {
        create(1, "-1");
        Answer written = rest.put("/seen/_doc/1", "{\"n\":1}");
        Answer eventual = rest.get("/seen/_search");
        assertThat(total(eventual)).as(eventual.body()).isZero();
        assertThat(eventual.headers().firstValue("Elpis-Session")).isEmpty();
        Answer session = rest.inSession(written.session()).get("/seen/_search");
        assertThat(total(session)).as(session.body()).isEqualTo(1);
        assertThat(rest.inSession(written.session())
                        .get("/seen/_count?consistency=eventual")
                        .headers()
                        .firstValue("Elpis-Session"))
                .isEmpty();
    }

    @Test
    void conflictBelongsToTheSessionAndABulkToo() {
        create(2, "-1");
        rest.put("/seen/_create/1", "{\"n\":1}");
        Answer conflict = rest.put("/seen/_create/1", "{\"n\":2}");
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(total(rest.inSession(conflict.session()).get("/seen/_search")))
                .isEqualTo(1);
        StringBuilder body = new StringBuilder();
        for (int n = 0; n < 50; n++) {
            body.append("{\"index\":{\"_id\":\"b%d\"}}\n{\"n\":%d}\n".formatted(n, n));
        }
        Answer bulk = rest.post("/seen/_bulk", body.toString());
        Answer found = rest.inSession(bulk.session()).get("/seen/_search?track_total_hits=true");
        assertThat(total(found)).as(found.body()).isEqualTo(51);
    }

    @Test
    void brokenSessionsAreRefusedBeforeAnythingIsWritten() {
        create(1, "1s");
        Rest broken = rest.inSession("no-token-of-ours!");
        for (Answer answer : List.of(
                broken.put("/seen/_doc/1", "{\"n\":1}"),
                broken.post("/seen/_bulk", "{\"index\":{\"_id\":\"1\"}}\n{\"n\":1}\n"),
                broken.get("/seen/_search"),
                broken.get("/seen/_doc/1"),
                rest.get("/seen/_search?consistency=perhaps"))) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.at("/error/type").asString()).isEqualTo("illegal_argument_exception");
        }
        assertThat(rest.get("/seen/_doc/1?consistency=strong").status()).isEqualTo(404);
    }

    @Test
    void waitingForARefreshMakesTheWriteVisibleOnEveryCopy() {
        create(1, "1s");
        for (int n = 1; n <= 3; n++) {
            Answer written = rest.put("/seen/_doc/" + n + "?refresh=wait_for", "{\"n\":1}");
            assertThat(written.status()).as(written.body()).isEqualTo(201);
            assertThat(written.json().has("forced_refresh")).as(written.body()).isFalse();
            for (int read = 0; read < 10; read++) {
                assertThat(total(rest.get("/seen/_search"))).isEqualTo(n);
            }
        }
        Answer forced = rest.put("/seen/_doc/4?refresh=true", "{\"n\":1}");
        assertThat(forced.at("/forced_refresh").asBoolean()).as(forced.body()).isTrue();
        assertThat(total(rest.get("/seen/_search"))).isEqualTo(4);
    }

    @Test
    void waitingForARefreshThatNeverComesEndsWithItsTimeout() {
        create(1, "-1");
        Answer written = rest.put("/seen/_doc/1?refresh=wait_for&timeout=2s", "{\"n\":1}");
        assertThat(written.status()).as(written.body()).isEqualTo(201);
        assertThat(written.json().has("forced_refresh")).isFalse();
        assertThat(total(rest.get("/seen/_search"))).isZero();
    }

    /** The copy of the node that stood still is behind when it goes on. */
    @Tag("faults")
    @Test
    void sessionsAndStrongReadsOutliveANodeThatStandsStill() {
        create(1, "-1");
        String session = rest.put("/seen/_doc/0", "{\"n\":0}").session();
        String paused = holder();
        platform.pause(paused);
        try {
            for (int n = 1; n <= 20; n++) {
                session = writeAndRead(n, session);
            }
        } finally {
            platform.resume(paused);
        }
        for (int n = 21; n <= 60; n++) {
            session = writeAndRead(n, session);
        }
    }

    private String writeAndRead(int n, @Nullable String session) {
        Answer written = rest.inSession(session).put("/seen/_doc/" + n, "{\"n\":%d}".formatted(n));
        assertThat(written.status()).as(written.body()).isIn(201, 202);
        Answer own = rest.inSession(written.session()).get("/seen/_search?size=0");
        assertThat(total(own)).as(own.body()).isEqualTo(n + 1);
        Answer strong = rest.get("/seen/_count?consistency=strong");
        assertThat(strong.at("/count").asInt(-1)).as(strong.body()).isEqualTo(n + 1);
        return own.session();
    }

    private String holder() {
        for (JsonNode copy : rest.get("/_elpis/shards").json()) {
            if (copy.get("index").asString().equals("seen")) {
                return copy.get("node").asString();
            }
        }
        throw new AssertionError("no copy of the index");
    }

    @Tag("faults")
    @Test
    void strongReadsSayThatTheLogIsSilentWhileOthersGoOn() {
        create(1, "-1");
        String session = rest.put("/seen/_doc/1", "{\"n\":1}").session();
        platform.pause("kafka-1");
        try {
            for (String path : List.of("/seen/_search?timeout=2s&", "/seen/_count?", "/seen/_doc/1?")) {
                Answer strong = rest.get(path + "consistency=strong");
                assertThat(strong.status()).as(strong.body()).isEqualTo(503);
                assertThat(strong.headers().firstValue("Retry-After")).isPresent();
                assertThat(strong.body()).contains("log_unavailable_exception");
            }
            Answer own = rest.inSession(session).get("/seen/_search");
            assertThat(total(own)).as(own.body()).isEqualTo(1);
            assertThat(rest.get("/seen/_search").status()).isEqualTo(200);
            Answer read = rest.inSession(session).get("/seen/_doc/1");
            assertThat(read.at("/found").asBoolean()).as(read.body()).isTrue();
            assertThat(read.headers().firstValue("Warning")).isPresent();
        } finally {
            platform.resume("kafka-1");
        }
        await().atMost(Duration.ofMinutes(1))
                .until(() -> rest.get("/seen/_count?consistency=strong").status() == 200);
    }

    private static int total(Answer answer) {
        return answer.at("/hits/total/value").asInt(-1);
    }

    private interface Client {
        @Nullable
        Object run(int number) throws Exception;
    }

    private static void inParallel(int clients, Client work) throws Exception {
        List<Future<@Nullable Object>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < clients; client++) {
                int number = client;
                Callable<@Nullable Object> task = () -> work.run(number);
                running.add(threads.submit(task));
            }
        }
        for (Future<?> each : running) {
            each.get();
        }
    }
}
