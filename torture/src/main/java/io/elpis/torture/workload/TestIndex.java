package io.elpis.torture.workload;

import io.elpis.torture.check.Census.Sight;
import io.elpis.torture.client.Door;
import io.elpis.torture.client.Request;
import io.elpis.torture.client.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A workload's index, and what it holds when all is over. */
final class TestIndex {

    /** Fewer than a page may have. */
    private static final int PAGE = 2_000;

    private static final int SHARDS = 3;
    private static final int UNAVAILABLE = 503;
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 500;

    private final Door door;
    private final String name;

    TestIndex(Door door, String name) {
        this.door = door;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** @param properties of the mapping, as JSON; all others are only stored */
    void create(String properties) throws InterruptedException {
        create(properties, false);
    }

    /** @param dynamic whether other properties become fields as they come up */
    void create(String properties, boolean dynamic) throws InterruptedException {
        String body = """
                {"settings": {"number_of_shards": %d, "number_of_replicas": 1},
                 "mappings": {"dynamic": "%s", "properties": %s}}""".formatted(SHARDS, dynamic, properties);
        require(Request.of("PUT", "/" + name, body));
    }

    /** All documents, by the member {@code value}; {@code number} counts them from 0. */
    Map<String, List<Sight>> census(long numbers) throws InterruptedException {
        require(Request.of("POST", "/" + name + "/_refresh", ""));
        Map<String, List<Sight>> present = new HashMap<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            for (long from = 0; from < numbers; from += PAGE / 2) {
                for (JsonNode hit : page(shard, from)) {
                    present.computeIfAbsent(hit.at("/_source/value").asString(), value -> new ArrayList<>())
                            .add(new Sight(
                                    shard,
                                    hit.path("_seq_no").asLong(),
                                    hit.path("_version").asLong()));
                }
            }
        }
        return present;
    }

    private JsonNode page(int shard, long from) throws InterruptedException {
        String path = "/" + name + "/_search?allow_partial_search_results=false&preference=_shards:" + shard;
        String body = """
                {"size": %d, "version": true, "seq_no_primary_term": true, "track_total_hits": true,
                 "query": {"range": {"number": {"gte": %d, "lt": %d}}}}""".formatted(PAGE, from, from + PAGE / 2);
        JsonNode hits = require(Request.of("POST", path, body)).path("hits");
        if (hits.at("/total/value").asLong() != hits.path("hits").size()) {
            throw new IllegalStateException("a page of " + PAGE + " was too small: " + hits.path("total"));
        }
        return hits.path("hits");
    }

    /** How many documents have the value in the field, of what the last census saw at least. */
    long count(String field, long value) throws InterruptedException {
        String body = "{\"query\": {\"term\": {\"%s\": %d}}}".formatted(field, value);
        return require(Request.of("POST", "/" + name + "/_count", body))
                .path("count")
                .asLong(-1);
    }

    /** The answer to a read of one document that sees all that was acknowledged. */
    JsonNode document(String id) throws InterruptedException {
        return require(Request.get("/" + name + "/_doc/" + id + "?consistency=strong"));
    }

    /**
     * For requests outside the torture: what fails here is a failure of the run, not a finding. Healed services may take
     * a while to find one another, so what is refused is asked again.
     */
    private JsonNode require(Request request) throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            Sent sent = door.send(request);
            if (sent instanceof Sent.Answered answered && (answered.status() < 300 || answered.status() == 404)) {
                return answered.body();
            }
            boolean refused = !(sent instanceof Sent.Answered answered) || answered.status() == UNAVAILABLE;
            if (!refused || System.nanoTime() - begin > RECOVERY.toNanos()) {
                throw new IllegalStateException(request.method() + " " + request.path() + " was answered with " + sent);
            }
            var _ = new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
