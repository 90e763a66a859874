package io.elpis.e2e.scenario;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Query nodes die by SIGKILL while the platform is used. */
@ExtendWith(SharedPlatform.class)
final class NodeDeathIT {
    private static final int PAGE = 500;

    /** With such a record applied twice there would be two documents. */
    private static final String MADE_BY_THE_PLATFORM = "";

    private static final List<String> NODES = List.of("query-1", "query-2", "query-3");

    private final Platform platform;
    private final Rest rest;

    NodeDeathIT(Platform platform) {
        this.platform = platform;
        this.rest = platform.rest();
    }

    @AfterEach
    void mend() {
        platform.startMissing();
        rest.delete("/alive");
    }

    @Test
    void searchesStayCompleteWhenANodeDies() throws InterruptedException {
        createIndex();
        bulk(0, 500);
        rest.post("/alive/_refresh", "");
        platform.awaitGreen("alive");

        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        ConcurrentLinkedQueue<BadAnswer> bad = new ConcurrentLinkedQueue<>();
        List<Future<?>> searching = new ArrayList<>();
        long killedAt;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < 4; client++) {
                searching.add(clients.submit(() -> {
                    while (!stop.get()) {
                        searchOnce(bad);
                        answered.incrementAndGet();
                    }
                }));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> answered.get() > 100);
            killedAt = platform.killAtOnce("query-2");
            int before = answered.get();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> answered.get() > before + 300 && secondsSince(killedAt) > 5);
            stop.set(true);
            clients.shutdown();
            assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(searching).allSatisfy(client -> assertThat(client.state()).isEqualTo(Future.State.SUCCESS));
        assertThat(bad)
                .allSatisfy(answer -> assertThat(answer.atNanos())
                        .as(answer.what())
                        .isBetween(killedAt, killedAt + Duration.ofSeconds(1).toNanos()));
    }

    @Test
    void acknowledgedDocumentsAreThereOnceAfterAllNodesDied() throws InterruptedException {
        createIndex();
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String id : List.of("\"_id\":\"d%d\"", MADE_BY_THE_PLATFORM)) {
                int start = id.isEmpty() ? 1_000_000 : 0;
                writers.submit(() -> {
                    for (int from = start; !stop.get() && from < start + 300_000; from += 100) {
                        bulkIfPossible(id, from, from + 100, acknowledged);
                    }
                });
            }
            List<ProcessHandle> nodes = NODES.stream().map(platform::handle).toList();
            await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() > 2_000);
            nodes.forEach(ProcessHandle::destroyForcibly);
            int whenAllWereDead = acknowledged.size();
            platform.startMissing();
            await().atMost(Duration.ofSeconds(180)).until(() -> acknowledged.size() > whenAllWereDead + 1_000);
            stop.set(true);
            writers.shutdown();
            assertThat(writers.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
        }

        platform.awaitGreen("alive");
        assertThat(rest.post("/alive/_refresh", "").at("/_shards/failed").asInt())
                .isZero();
        Map<Integer, List<Integer>> pages =
                acknowledged.stream().collect(groupingBy(number -> number / PAGE, TreeMap::new, toList()));
        pages.forEach((page, numbers) ->
                assertThat(found(page * PAGE)).doesNotHaveDuplicates().containsAll(numbers));
        copiesAgree();
    }

    /** Which of the documents with a page's numbers there are; one that is there twice comes twice. */
    private List<Integer> found(int from) {
        Answer answer = rest.search(
                "alive",
                "{\"size\":%d,\"query\":{\"range\":{\"n\":{\"gte\":%d,\"lt\":%d}}}}"
                        .formatted(2 * PAGE, from, from + PAGE));
        List<Integer> found = new ArrayList<>();
        answer.at("/hits/hits").forEach(hit -> found.add(hit.at("/_source/n").asInt()));
        return found;
    }

    /** Copies of a shard that have applied the same log hold the same number of documents. */
    private void copiesAgree() {
        Map<Integer, Set<Long>> documents = new TreeMap<>();
        platform.status().get("shards").forEach(copy -> {
            if (copy.get("index").asString().equals("alive")) {
                assertThat(copy.get("lag").isNumber()).as(copy.toString()).isTrue();
                assertThat(copy.get("lag").asLong()).as(copy.toString()).isZero();
                documents
                        .computeIfAbsent(copy.get("shard").asInt(), shard -> new HashSet<>())
                        .add(copy.get("documents").asLong());
            }
        });
        assertThat(documents)
                .hasSize(3)
                .allSatisfy((shard, counts) -> assertThat(counts).hasSize(1));
    }

    private void createIndex() {
        Answer created = rest.put("/alive", "{\"settings\":{\"number_of_shards\":3,\"number_of_replicas\":1}}");
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        platform.awaitGreen("alive");
    }

    private void bulk(int from, int to) {
        Answer answer = rest.post("/alive/_bulk", lines("\"_id\":\"d%d\"", from, to));
        assertThat(answer.at("/errors").asBoolean()).as(answer.body()).isFalse();
    }

    private void bulkIfPossible(String id, int from, int to, Set<Integer> acknowledged) {
        try {
            Answer answer = rest.trySend("POST", "/alive/_bulk", lines(id, from, to));
            if (answer.status() != 200) {
                return;
            }
            for (int n = from; n < to; n++) {
                // 202 says that the outcome is not known yet: no promise.
                if (Set.of(200, 201)
                        .contains(answer.at("/items/" + (n - from) + "/index/status")
                                .asInt())) {
                    acknowledged.add(n);
                }
            }
        } catch (IOException e) {
            // Nothing was acknowledged.
        }
    }

    private static String lines(String id, int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int n = from; n < to; n++) {
            lines.append("{\"index\":{").append(id.formatted(n)).append("}}\n");
            lines.append("{\"n\":").append(n).append(",\"text\":\"all alike\"}\n");
        }
        return lines.toString();
    }

    private void searchOnce(ConcurrentLinkedQueue<BadAnswer> bad) {
        try {
            Answer answer = rest.trySend(
                    "POST", "/alive/_search", "{\"query\":{\"match\":{\"text\":\"alike\"}},\"track_total_hits\":true}");
            if (answer.status() != 200
                    || answer.at("/_shards/failed").asInt() != 0
                    || answer.at("/hits/total/value").asLong() != 500) {
                bad.add(new BadAnswer(System.nanoTime(), answer.body()));
            }
        } catch (IOException | RuntimeException e) {
            bad.add(new BadAnswer(System.nanoTime(), String.valueOf(e)));
        }
    }

    private static long secondsSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toSeconds();
    }

    private record BadAnswer(long atNanos, String what) {}
}
