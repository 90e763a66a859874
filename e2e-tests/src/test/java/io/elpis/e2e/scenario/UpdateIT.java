package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Partial updates: each is merged into the document as it stands when its turn comes. */
@ExtendWith(SharedPlatform.class)
final class UpdateIT {
    private static final String DEAD = "query-2";

    private final Platform platform;
    private final Rest rest;

    UpdateIT(Platform platform) {
        this.platform = platform;
        this.rest = platform.rest();
    }

    @BeforeEach
    void createIndex() {
        Answer created = rest.put("/notes", """
                {"settings": {"number_of_shards": 2, "number_of_replicas": 1},
                 "mappings": {"properties": {
                   "n": {"type": "long"}, "text": {"type": "text"},
                   "counts": {"type": "object", "enabled": false}}}}""");
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        platform.awaitGreen("notes");
    }

    @AfterEach
    void removeIndex() {
        rest.delete("/notes");
    }

    @Test
    void aDocumentIsCreatedByItsUpsertAndChangedFromThenOn() {
        Answer created = update("1", """
                {"doc": {"n": 1}, "upsert": {"text": "first", "by": {"name": "Ada", "born": 1815}}}""");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.at("/result").asString()).isEqualTo("created");
        assertThat(source("1")).isEqualTo("{\"text\":\"first\",\"by\":{\"name\":\"Ada\",\"born\":1815}}");

        Answer changed = update("1", """
                {"doc": {"n": 1, "by": {"born": 1816, "places": ["London"]}}}""");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.at("/result").asString()).isEqualTo("updated");
        assertThat(changed.at("/_version").asLong()).isEqualTo(2);
        assertThat(changed.at("/_shards/total").asInt()).isEqualTo(2);
        Answer read = rest.get("/notes/_doc/1");
        assertThat(read.at("/_version").asLong()).isEqualTo(2);
        assertThat(read.at("/_seq_no").asLong())
                .isEqualTo(changed.at("/_seq_no").asLong());
        assertThat(read.at("/_source/text").asString()).isEqualTo("first");
        assertThat(read.at("/_source/by/name").asString()).isEqualTo("Ada");
        assertThat(read.at("/_source/by/born").asInt()).isEqualTo(1816);
        assertThat(read.at("/_source/by/places/0").asString()).isEqualTo("London");
        assertThat(read.at("/_source/n").asInt()).isEqualTo(1);

        update("1", "{\"doc\": {\"by\": {\"places\": [\"Paris\", \"Rome\"]}}}");
        assertThat(rest.get("/notes/_doc/1").at("/_source/by/places").toString())
                .isEqualTo("[\"Paris\",\"Rome\"]");
    }

    @Test
    void whatChangesNothingUsesNoNumbers() {
        long seqNo = update("1", "{\"doc\": {\"price\": 1.50}, \"doc_as_upsert\": true}")
                .at("/_seq_no")
                .asLong();
        Answer noop = update("1", "{\"doc\": {\"price\": 1.50}}");
        assertThat(noop.status()).as(noop.body()).isEqualTo(200);
        assertThat(noop.at("/result").asString()).isEqualTo("noop");
        assertThat(noop.at("/_version").asLong()).isEqualTo(1);
        assertThat(noop.at("/_seq_no").asLong()).isEqualTo(seqNo);
        assertThat(noop.at("/_shards").toString()).isEqualTo("{\"total\":0,\"successful\":0,\"failed\":0}");

        Answer forced = update("1", "{\"doc\": {\"price\": 1.50}, \"detect_noop\": false}");
        assertThat(forced.at("/result").asString()).as(forced.body()).isEqualTo("updated");
        assertThat(forced.at("/_version").asLong()).isEqualTo(2);
        assertThat(forced.at("/_seq_no").asLong()).isEqualTo(seqNo + 1);
    }

    @Test
    void noDocumentAndAnotherDocumentAreToldApart() {
        Answer missing = update("none", "{\"doc\": {\"n\": 1}}");
        assertThat(missing.status()).as(missing.body()).isEqualTo(404);
        assertThat(missing.at("/error/type").asString()).isEqualTo("document_missing_exception");
        assertThat(missing.at("/error/reason").asString()).isEqualTo("[none]: document missing");
        assertThat(missing.at("/error/index").asString()).isEqualTo("notes");
        assertThat(missing.at("/error/index_uuid").asString()).isNotEmpty();
        assertThat(missing.at("/error/shard").asString()).isIn("0", "1");

        Answer first = rest.put("/notes/_doc/1", "{\"n\": 1}");
        String condition = "?if_seq_no=" + first.at("/_seq_no").asLong() + "&if_primary_term="
                + first.at("/_primary_term").asLong();
        assertThat(rest.post("/notes/_update/1" + condition, "{\"doc\": {\"n\": 2}}")
                        .status())
                .isEqualTo(200);
        Answer conflict = rest.post("/notes/_update/1" + condition, "{\"doc\": {\"n\": 3}}");
        assertThat(conflict.status()).as(conflict.body()).isEqualTo(409);
        assertThat(conflict.at("/error/type").asString()).isEqualTo("version_conflict_engine_exception");
        assertThat(source("1")).isEqualTo("{\"n\":2}");

        rest.delete("/notes/_doc/1");
        assertThat(update("1", "{\"doc\": {\"n\": 1}}").status()).isEqualTo(404);
    }

    @Test
    void anUpdateThatNoDocumentCouldFitIsRefused() {
        update("1", "{\"doc\": {\"n\": 1, \"o\": {\"p\": 1}}, \"doc_as_upsert\": true}");
        Answer wrong = update("1", "{\"doc\": {\"n\": \"many\"}}");
        assertThat(wrong.status()).as(wrong.body()).isEqualTo(400);
        assertThat(wrong.at("/error/type").asString()).isEqualTo("mapper_parsing_exception");
        assertThat(update("1", "{\"doc\": {\"o\": 1}}").status()).isEqualTo(400);
        assertThat(update("1", "{\"script\": \"ctx._source.n++\"}").status()).isEqualTo(400);
        assertThat(update("1", "{\"upsert\": {}}").at("/error/reason").asString())
                .isEqualTo("Validation Failed: 1: script or doc is missing;");
        assertThat(rest.get("/notes/_doc/1").at("/_version").asLong()).isEqualTo(1);
    }

    @Test
    void aBulkMixesUpdatesWithAllElse() {
        Answer answer = rest.post("/notes/_bulk?refresh=true", """
                {"index": {"_id": "1"}}
                {"n": 1, "text": "one"}
                {"update": {"_id": "1"}}
                {"doc": {"text": "one changed"}}
                {"update": {"_id": "1"}}
                {"doc": {"text": "one changed"}}
                {"update": {"_id": "2"}}
                {"doc": {"n": 2}, "upsert": {"n": 22}}
                {"update": {"_id": "2", "retry_on_conflict": 3}}
                {"doc": {"n": 2}, "upsert": {"n": 22}}
                {"update": {"_id": "none"}}
                {"doc": {"n": 3}}
                {"update": {"_id": "1"}}
                {"doc": {"n": 3}, "script": "no"}
                {"delete": {"_id": "1"}}
                {"update": {"_id": "1"}}
                {"doc": {"text": "risen"}, "doc_as_upsert": true}
                """);
        List<Integer> statuses = new ArrayList<>();
        answer.at("/items")
                .forEach(item ->
                        statuses.add(item.iterator().next().get("status").asInt()));
        assertThat(statuses).as(answer.body()).containsExactly(201, 200, 200, 201, 200, 404, 400, 200, 201);
        assertThat(answer.at("/items/2/update/result").asString()).isEqualTo("noop");
        assertThat(source("1")).isEqualTo("{\"text\":\"risen\"}");
        assertThat(source("2")).isEqualTo("{\"n\":2}");
        assertThat(rest.search("notes", "{\"query\":{\"match\":{\"text\":\"risen\"}}}")
                        .at("/hits/total/value")
                        .asLong())
                .isEqualTo(1);
        assertThat(rest.search("notes", "{\"query\":{\"match\":{\"text\":\"changed\"}}}")
                        .at("/hits/total/value")
                        .asLong())
                .isZero();
    }

    @Test
    void anIndexIsCreatedByAnUpdateAsByAnyWrite() {
        rest.delete("/notes");
        assertThat(update("1", "{\"doc\": {\"n\": 1}, \"doc_as_upsert\": true}").status())
                .isEqualTo(201);
        assertThat(source("1")).isEqualTo("{\"n\":1}");
    }

    @Test
    void routingLeadsUpdatesToTheDocument() {
        rest.put("/notes/_doc/1?routing=left", "{\"n\": 1}");
        assertThat(rest.post("/notes/_update/1?routing=left", "{\"doc\": {\"n\": 2}}")
                        .at("/_version")
                        .asLong())
                .isEqualTo(2);
        assertThat(rest.get("/notes/_doc/1?routing=left").at("/_source/n").asInt())
                .isEqualTo(2);
    }

    @Test
    void simultaneousUpdatesOfOneDocumentAllTakeEffect() throws Exception {
        int clients = 8;
        int updates = 25;
        List<Long> versions = new ArrayList<>();
        for (Future<List<Long>> each : updateTogether(clients, 0, updates)) {
            versions.addAll(each.get());
        }

        assertThat(versions).hasSize(clients * updates).doesNotHaveDuplicates();
        allMembersAreThere(clients, updates);
        assertThat(rest.get("/notes/_doc/shared").at("/_version").asLong()).isEqualTo(clients * updates);
    }

    @Tag("faults")
    @Test
    void aDeadNodeTakesNoUpdateWithIt() throws Exception {
        int clients = 4;
        updateTogether(clients, 0, 10).forEach(UpdateIT::get);
        platform.killAtOnce(DEAD);
        try {
            updateTogether(clients, 10, 20).forEach(UpdateIT::get);
            allMembersAreThere(clients, 20);
        } finally {
            platform.startInstance(DEAD);
        }
        platform.awaitGreen("notes");
        updateTogether(clients, 20, 30).forEach(UpdateIT::get);
        allMembersAreThere(clients, 30);
    }

    /** Each client sets members of its own, one after the other; all in one document. */
    private List<Future<List<Long>>> updateTogether(int clients, int from, int to) {
        List<Future<List<Long>>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < clients; client++) {
                String name = "c" + client;
                running.add(threads.submit(() -> {
                    List<Long> versions = new ArrayList<>();
                    for (int n = from; n < to; n++) {
                        Answer answer = update(
                                "shared",
                                "{\"doc\":{\"counts\":{\"%s\":{\"m%d\":%d}}},\"doc_as_upsert\":true}"
                                        .formatted(name, n, n));
                        // While a node dies an outcome may not be known in time; the update is in the log all the same.
                        assertThat(answer.status()).as(answer.body()).isIn(200, 201, 202);
                        versions.add(answer.at("/_version").asLong());
                    }
                    return versions;
                }));
            }
        }
        return running;
    }

    private static List<Long> get(Future<List<Long>> versions) {
        try {
            return versions.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Without a refresh in between. */
    private void allMembersAreThere(int clients, int updates) {
        Answer read = rest.get("/notes/_doc/shared");
        for (int client = 0; client < clients; client++) {
            for (int n = 0; n < updates; n++) {
                assertThat(read.at("/_source/counts/c" + client + "/m" + n).asInt(-1))
                        .as("c%d/m%d in %s", client, n, read.body())
                        .isEqualTo(n);
            }
        }
    }

    private Answer update(String id, String body) {
        return rest.post("/notes/_update/" + id, body);
    }

    private String source(String id) {
        return rest.get("/notes/_source/" + id).json().toString();
    }
}
