package io.elpis.e2e.fire;

import static org.awaitility.Awaitility.await;

import io.elpis.e2e.platform.Rest;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the copies of an index tell of themselves. */
public final class Copies {
    private Copies() {}

    /** Waits until that many copies have applied all of the log, and those of one shard hold as many documents. */
    public static void awaitAlike(Rest rest, String index, int copies, Duration limit) {
        await("all copies alike").atMost(limit).until(() -> alike(rest, index, copies));
    }

    private static boolean alike(Rest rest, String index, int expected) {
        Map<Integer, Set<Long>> documents = new TreeMap<>();
        int copies = 0;
        for (JsonNode copy : rest.get("/_elpis/shards").json()) {
            if (copy.get("index").asString().equals(index)) {
                copies += copy.get("lag").isNumber() && copy.get("lag").asLong() == 0 ? 1 : 0;
                documents
                        .computeIfAbsent(copy.get("shard").asInt(), _ -> new HashSet<>())
                        .add(copy.get("documents").asLong());
            }
        }
        return copies == expected && documents.values().stream().allMatch(counts -> counts.size() == 1);
    }
}
