package io.elpis.e2e.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Rest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients were told of the documents of one index. Thread-safe. */
public final class Account {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PAGE = 500;

    private final Map<String, Long> versions = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();

    void acknowledged(String id, long version) {
        versions.put(id, version);
    }

    /** A 503: nothing has come of it, and nothing ever will. */
    void refused(String id) {
        refused.add(id);
    }

    /** A 202, not repeated: it may be there or not. */
    void open(String id) {
        open.add(id);
    }

    /** An answer that breaks a promise by itself. */
    void broken(String what) {
        broken.add(what);
    }

    public int acknowledged() {
        return versions.size();
    }

    public int refused() {
        return refused.size();
    }

    public int open() {
        return open.size();
    }

    /** All that was acknowledged is there once and with its version, and nothing is that was refused. */
    public void holdAgainst(Rest rest, String index) {
        assertThat(broken).isEmpty();
        Map<String, Long> there = found(rest, index, versions.keySet());
        assertThat(there).isEqualTo(versions);
        assertThat(found(rest, index, refused)).isEmpty();
        Map<String, Long> came = found(rest, index, open);
        assertThat(came.values()).allMatch(version -> version == 1);

        assertThat(rest.post("/" + index + "/_refresh", "")
                        .at("/_shards/failed")
                        .asInt())
                .isZero();
        Answer count = rest.get("/" + index + "/_count");
        assertThat(count.at("/count").asInt()).as(count.body()).isEqualTo(there.size() + came.size());
    }

    /** Versions of those of the documents that are there now, refreshed or not. */
    private static Map<String, Long> found(Rest rest, String index, Collection<String> ids) {
        Map<String, Long> found = new ConcurrentHashMap<>();
        List<String> all = new ArrayList<>(ids);
        for (int from = 0; from < all.size(); from += PAGE) {
            List<String> some = all.subList(from, Math.min(from + PAGE, all.size()));
            Answer answer =
                    rest.post("/" + index + "/_mget?_source=false", JSON.writeValueAsString(Map.of("ids", some)));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            for (JsonNode document : answer.at("/docs")) {
                assertThat(document.has("error")).as(document.toString()).isFalse();
                if (document.get("found").asBoolean()) {
                    found.put(
                            document.get("_id").asString(),
                            document.get("_version").asLong());
                }
            }
        }
        return found;
    }
}
