package io.elpis.aggregator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.aggregator.cluster.FakeNode.Document;
import io.elpis.aggregator.cluster.FakeNode.Mood;
import io.elpis.aggregator.rest.Doors;
import io.elpis.model.body.JsonBody;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import io.grpc.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** OpenSearch's answers, byte for byte where that matters, over HTTP. */
final class HttpClusterTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Cluster cluster = new Cluster(2, 2, Duration.ofSeconds(20), 0);
    private final Doors doors = new Doors(cluster.searches, cluster.documents, 1_000);

    @BeforeEach
    void up() {
        Document first = new Document("1", 2.5f, "{\"title\" : \"caf\u00e9\",  \"n\":1}");
        Document second = new Document("a/b", 1f, "{\"title\":\"tea\"}");
        cluster.node(1).holds(shardOf("1"), first);
        cluster.node(2).holds(shardOf("a/b"), second);
        cluster.up(2);
    }

    /** With two shards these two ids live apart. */
    private static ShardId shardOf(String id) {
        return Cluster.shard(io.elpis.model.document.Routing.shard(id, 2));
    }

    @AfterEach
    void down() {
        doors.close();
        cluster.close();
        http.close();
    }

    @Test
    void pageLooksLikeOpenSearchs() throws Exception {
        HttpResponse<String> answer = post("/wiki/_search", "{\"query\":{\"match_all\":{}}}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json; charset=UTF-8");
        assertThat(answer.body().replaceFirst("\"took\":\\d+", "\"took\":0"))
                .isEqualTo("{\"took\":0,\"timed_out\":false,"
                        + "\"_shards\":{\"total\":2,\"successful\":2,\"skipped\":0,\"failed\":0},"
                        + "\"hits\":{\"total\":{\"value\":2,\"relation\":\"eq\"},\"max_score\":2.5,\"hits\":["
                        + "{\"_index\":\"wiki\",\"_id\":\"1\",\"_score\":2.5,"
                        + "\"_source\":{\"title\" : \"café\",  \"n\":1}},"
                        + "{\"_index\":\"wiki\",\"_id\":\"a/b\",\"_score\":1.0,\"_source\":{\"title\":\"tea\"}}]}}");
    }

    @Test
    void totalsFollowTheRequest() throws Exception {
        for (String untracked : List.of("false", "-1")) {
            assertThat(json(get("/wiki/_search?track_total_hits=" + untracked))
                            .at("/hits")
                            .has("total"))
                    .isFalse();
        }
        assertThat(json(get("/wiki/_search?track_total_hits=0"))
                        .at("/hits/total")
                        .toString())
                .isEqualTo("{\"value\":0,\"relation\":\"gte\"}");
        assertThat(json(get("/wiki/_search?rest_total_hits_as_int=true"))
                        .at("/hits/total")
                        .asInt())
                .isEqualTo(2);
        JsonNode limited = json(get("/wiki/_search?track_total_hits=1")).at("/hits/total");
        assertThat(limited.toString()).isEqualTo("{\"value\":1,\"relation\":\"gte\"}");
    }

    @Test
    void versionsComeWhenAskedFor() throws Exception {
        JsonNode hit = json(get("/wiki/_search?size=1&version=true&seq_no_primary_term=true"))
                .at("/hits/hits/0");
        assertThat(hit.at("/_version").asInt()).isEqualTo(1);
        assertThat(hit.at("/_seq_no").asInt()).isEqualTo(5);
        assertThat(hit.at("/_primary_term").asInt()).isEqualTo(1);
    }

    @Test
    void countCounts() throws Exception {
        assertThat(get("/wiki/_count").body())
                .isEqualTo("{\"count\":2,\"_shards\":{\"total\":2,\"successful\":2,\"skipped\":0,\"failed\":0}}");
    }

    @Test
    void preferenceMayNameTheShards() throws Exception {
        int shard = shardOf("1").shard();
        JsonNode one = json(get("/wiki/_search?preference=_shards:" + shard));
        assertThat(one.at("/_shards/total").asInt()).isEqualTo(1);
        assertThat(one.at("/hits/hits")).hasSize(1);
        assertThat(one.at("/hits/hits/0/_id").asString()).isEqualTo("1");
        String other = "/wiki/_count?preference=_shards:" + (1 - shard) + "%7C_local";
        assertThat(json(get(other)).at("/count").asInt()).isEqualTo(1);
        HttpResponse<String> refused = get("/wiki/_search?preference=_only_local");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).at("/error/reason").asString()).isEqualTo("no Preference for [_only_local]");
    }

    @Test
    void missingShardsAreNamedWithReasons() throws Exception {
        cluster.node(1).mood =
                new Mood.Failing(Status.UNAVAILABLE.withDescription("on fire").asRuntimeException());
        JsonNode shards = json(get("/wiki/_search")).at("/_shards");
        assertThat(shards.at("/failed").asInt()).isEqualTo(1);
        JsonNode failure = shards.at("/failures/0");
        assertThat(failure.at("/index").asString()).isEqualTo("wiki");
        assertThat(failure.at("/node").asString()).isEqualTo("query-1");
        assertThat(failure.at("/reason/type").asString()).isEqualTo("no_shard_available_action_exception");
        assertThat(failure.at("/reason/reason").asString()).contains("on fire");
    }

    @Test
    void refusedPartialResultsAreAnError() throws Exception {
        cluster.node(1).mood = new Mood.Failing(Status.UNAVAILABLE.asRuntimeException());
        HttpResponse<String> answer = get("/wiki/_search?allow_partial_search_results=false");
        assertThat(answer.statusCode()).isEqualTo(503);
        JsonNode error = json(answer).at("/error");
        assertThat(error.at("/type").asString()).isEqualTo("search_phase_execution_exception");
        assertThat(error.at("/phase").asString()).isEqualTo("query");
        assertThat(error.at("/grouped").asBoolean()).isTrue();
        assertThat(error.at("/failed_shards/0/reason/type").asString())
                .isEqualTo("no_shard_available_action_exception");
        assertThat(json(answer).at("/status").asInt()).isEqualTo(503);
    }

    @Test
    void mistakeThatOnlyNodesSeeIs400WithItsCause() throws Exception {
        cluster.nodes.forEach(node -> node.mood =
                new Mood.ShardsFailing(new ElpisException(ErrorCode.QUERY_SHARD, "failed to create query: x")));
        HttpResponse<String> answer = get("/wiki/_search");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode cause = json(answer).at("/error/root_cause/0");
        assertThat(cause.at("/type").asString()).isEqualTo("query_shard_exception");
        assertThat(cause.at("/reason").asString()).isEqualTo("failed to create query: x");
        assertThat(cause.at("/index").asString()).isEqualTo("wiki");
        assertThat(json(answer).at("/error/reason").asString()).isEqualTo("all shards failed");
    }

    @Test
    void brokenJsonIsToldWithItsPlace() throws Exception {
        HttpResponse<String> answer = post("/wiki/_search", "{\n \"query\": {\"match_all\" {}}}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/line").asInt()).isEqualTo(2);
        assertThat(json(answer).at("/error/col").asInt()).isPositive();
        assertThat(json(answer).at("/error/root_cause/0/type").asString()).isEqualTo("parsing_exception");
    }

    @Test
    void unknownIndexIs404() throws Exception {
        HttpResponse<String> answer = get("/nope/_search");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).at("/error/type").asString()).isEqualTo("index_not_found_exception");
        assertThat(json(answer).at("/error/resource.id").asString()).isEqualTo("nope");
        assertThat(get("/nope/_search?ignore_unavailable=true").statusCode()).isEqualTo(200);
        assertThat(get("/nope/_doc/1").statusCode()).isEqualTo(404);
    }

    @Test
    void unknownParameterIsRefused() throws Exception {
        HttpResponse<String> answer = get("/wiki/_search?siez=3");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/reason").asString())
                .isEqualTo("request [/wiki/_search] contains unrecognized parameter: [siez]");
    }

    @Test
    void bodyOverTheLimitIs413() throws Exception {
        assertThat(post("/wiki/_search", " ".repeat(1_001)).statusCode()).isEqualTo(413);
    }

    @Test
    void documentIsReadByItsId() throws Exception {
        assertThat(get("/wiki/_doc/a%2Fb").body())
                .isEqualTo("{\"_index\":\"wiki\",\"_id\":\"a/b\",\"_version\":1,\"_seq_no\":5,\"_primary_term\":1,"
                        + "\"found\":true,\"_source\":{\"title\":\"tea\"}}");
        assertThat(json(get("/wiki/_doc/1?_source=false")).has("_source")).isFalse();
        assertThat(get("/wiki/_source/a%2Fb").body()).isEqualTo("{\"title\":\"tea\"}");
    }

    @Test
    void missingDocumentIs404() throws Exception {
        HttpResponse<String> answer = get("/wiki/_doc/none");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"_index\":\"wiki\",\"_id\":\"none\",\"found\":false}");
        assertThat(json(get("/wiki/_source/none")).at("/error/reason").asString())
                .isEqualTo("Document not found [wiki]/[none]");
    }

    @Test
    void headTellsWhetherADocumentExists() throws Exception {
        assertThat(head("/wiki/_doc/1").statusCode()).isEqualTo(200);
        assertThat(head("/wiki/_doc/none").statusCode()).isEqualTo(404);
        for (String path :
                List.of("/wiki/_doc/1", "/wiki/_doc/1?_source=false", "/wiki/_doc/none", "/wiki/_source/1")) {
            assertThat(head(path).headers().firstValue("content-length"))
                    .as(path)
                    .isPresent()
                    .isEqualTo(get(path).headers().firstValue("content-length"));
        }
    }

    @Test
    void possiblyStaleDocumentComesWithAWarning() throws Exception {
        cluster.nodes.forEach(node -> node.stale = true);
        assertThat(get("/wiki/_doc/1").headers().firstValue("warning").orElse(""))
                .startsWith("299 Elpis");
        assertThat(post("/wiki/_mget", "{\"ids\":[\"1\"]}")
                        .headers()
                        .firstValue("warning")
                        .orElse(""))
                .startsWith("299 Elpis");
    }

    @Test
    void manyDocumentsAreReadAtOnce() throws Exception {
        JsonNode docs = json(post(
                        "/wiki/_mget",
                        "{\"docs\":[{\"_id\":\"1\"},{\"_id\":\"x\"},{\"_index\":\"nope\",\"_id\":\"1\"}]}"))
                .at("/docs");
        assertThat(docs.at("/0/_source/n").asInt()).isEqualTo(1);
        assertThat(docs.at("/1/found").asBoolean()).isFalse();
        assertThat(docs.at("/2/error/type").asString()).isEqualTo("index_not_found_exception");
    }

    @Test
    void whatIsNoMultiGetIsRefused() throws Exception {
        for (String body : List.of(
                "",
                "{\"docs\":[{\"_id\":\"1\",\"routing\":{}}]}",
                "{\"docs\":[{\"_id\":\"1\",\"_source\":[{}]}]}",
                "{\"docs\":[{\"_id\":\"1\",\"nope\":1}]}",
                "{\"docs\":[{}]}",
                "{\"ids\":[[]]}",
                "{\"ids\":\"1\"}")) {
            assertThat(post("/wiki/_mget", body).statusCode()).as(body).isEqualTo(400);
        }
        JsonNode docs = json(post("/wiki/_mget", "{\"ids\":[1],\"docs\":[{\"_id\":1,\"_source\":false}]}"))
                .at("/docs");
        assertThat(docs.at("/0/_source/n").asInt()).isEqualTo(1);
        assertThat(docs.at("/1/_source").isMissingNode()).isTrue();
    }

    @Test
    void filterPathAndPrettyShapeTheAnswer() throws Exception {
        assertThat(get("/wiki/_search?filter_path=hits.hits._id,_shards.failed").body())
                .isEqualTo("{\"_shards\":{\"failed\":0},\"hits\":{\"hits\":[{\"_id\":\"1\"},{\"_id\":\"a/b\"}]}}");
        assertThat(get("/wiki/_search?pretty").body()).contains("\n").contains("\"timed_out\" : false");
    }

    @Test
    void withoutATokenNobodyComesIn() throws Exception {
        doors.locked = true;
        assertThat(get("/wiki/_search").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private HttpResponse<String> head(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).HEAD().build());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + doors.port() + path);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonBody.object(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
