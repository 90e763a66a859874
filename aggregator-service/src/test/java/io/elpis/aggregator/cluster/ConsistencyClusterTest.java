package io.elpis.aggregator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.aggregator.cluster.FakeNode.Document;
import io.elpis.aggregator.cluster.FakeNode.Mood;
import io.elpis.aggregator.rest.Doors;
import io.elpis.model.body.JsonBody;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.GetRequest;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.protocol.record.Position;
import io.elpis.protocol.session.LogPosition;
import io.elpis.protocol.session.SessionToken;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How fresh reads are, over HTTP: two nodes with a copy of the one shard each, the first of which is ahead. */
final class ConsistencyClusterTest {
    private static final ShardId SHARD = Cluster.shard(0);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Cluster cluster = new Cluster(2, 1, Duration.ofSeconds(20), 0);
    private final Doors doors = new Doors(cluster.searches, cluster.documents, 10_000);

    @BeforeEach
    void up() {
        Document document = new Document("1", 1f, "{}");
        cluster.node(1).isAt(SHARD, 9);
        cluster.node(2).isAt(SHARD, 4);
        cluster.nodes.forEach(node -> node.holds(SHARD, document));
        cluster.up(2);
    }

    @AfterEach
    void down() {
        doors.close();
        cluster.close();
        http.close();
    }

    @Test
    void readsWithoutDemandsDemandNothing() throws Exception {
        for (String path :
                List.of("/wiki/_search", "/wiki/_count", "/wiki/_doc/1", "/wiki/_search?consistency=eventual")) {
            HttpResponse<String> answer = get(path, null);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue(SessionToken.HEADER))
                    .as(path)
                    .isEmpty();
        }
        assertThat(searches()).hasSize(3).allSatisfy(search -> {
            assertThat(search.getAtLeastCount()).isZero();
            assertThat(search.getStrong()).isFalse();
        });
        assertThat(cluster.nodes.stream().flatMap(node -> node.reads.stream()))
                .singleElement()
                .satisfies(read ->
                        assertThat(read.hasAtLeast() || read.getStrong()).isFalse());
    }

    @Test
    void sessionReadsTheCopyThatHasSeenAsMuch() throws Exception {
        for (int i = 0; i < 30; i++) {
            for (String path : List.of(
                    "/wiki/_search",
                    "/wiki/_count",
                    "/wiki/_doc/1",
                    "/wiki/_source/1",
                    "/wiki/_doc/1?realtime=false")) {
                HttpResponse<String> answer = get(path, token(7));
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                assertThat(seen(answer)).as(path).isEqualTo(new LogPosition(1, 9));
            }
        }
        assertThat(cluster.node(2).searches).isEmpty();
        assertThat(cluster.node(2).reads).isEmpty();
        assertThat(cluster.node(1).searches).allSatisfy(search -> {
            assertThat(search.getAtLeastList()).containsExactly(position(7));
            assertThat(search.getStrong()).isFalse();
        });
    }

    @Test
    void readThatAsksForARefreshSeesWhatItWouldShow() throws Exception {
        assertThat(get("/wiki/_doc/1?realtime=false", null).statusCode()).isEqualTo(200);
        assertThat(get("/wiki/_doc/1?realtime=false&refresh=true", null).statusCode())
                .isEqualTo(200);
        assertThat(cluster.nodes.stream().flatMap(node -> node.reads.stream()).map(GetRequest::getRealtime))
                .containsExactlyInAnyOrder(false, true);
    }

    @Test
    void sessionGoesOnFromWhatItHasSeen() throws Exception {
        HttpResponse<String> first = get("/wiki/_search?consistency=session", null);
        assertThat(seen(first).offset()).isIn(4L, 9L);
        cluster.node(1).isAt(SHARD, 8);
        String token = first.headers().firstValue(SessionToken.HEADER).orElseThrow();
        HttpResponse<String> next = get("/wiki/_doc/1?consistency=strong", token);
        assertThat(seen(next).compareTo(seen(first))).isNotNegative();
    }

    @Test
    void copyThatIsBehindIsReplacedByAFresherOne() throws Exception {
        cluster.node(2).isAt(SHARD, 9);
        cluster.node(2).tell();
        await().until(() -> cluster.shardMap.current().servingCopies(SHARD).stream()
                .allMatch(copy -> copy.state().getVisible().getOffset() == 9));
        cluster.node(2).isAt(SHARD, 4);
        await().until(() -> {
            assertThat(get("/wiki/_search", token(9)).statusCode()).isEqualTo(200);
            assertThat(get("/wiki/_doc/1", token(9)).statusCode()).isEqualTo(200);
            return !cluster.node(2).searches.isEmpty() && !cluster.node(2).reads.isEmpty();
        });
    }

    @Test
    void sessionThatNoCopyHasReachedIsToldHowFarTheyAre() throws Exception {
        HttpResponse<String> search = get("/wiki/_search", token(12));
        assertThat(search.statusCode()).isEqualTo(503);
        assertThat(search.headers().firstValue("retry-after")).hasValue("1");
        JsonNode shard = json(search).at("/error/failed_shards/0");
        assertThat(shard.at("/index").asString()).isEqualTo("wiki");
        assertThat(shard.at("/shard").asInt()).isZero();
        assertThat(shard.at("/reason/reason").asString()).matches("query-[12] is behind at [49]");
        HttpResponse<String> read = get("/wiki/_doc/1", token(12));
        assertThat(read.statusCode()).isEqualTo(503);
        assertThat(read.headers().firstValue("retry-after")).hasValue("1");
        assertThat(json(read).at("/error/reason").asString()).contains("is behind at");
        assertThat(cluster.nodes).allSatisfy(node -> assertThat(node.searches).hasSize(1));
    }

    /** Whoever waits in vain takes nothing from those whose node has died. */
    @Test
    void askingFurtherCopiesForASessionCostsNoRetries() throws Exception {
        for (int i = 0; i < 60; i++) {
            assertThat(get("/wiki/_search", token(12)).statusCode()).isEqualTo(503);
        }
        assertThat(cluster.count("elpis.aggregator.scatter.budget.spent")).isZero();
        assertThat(cluster.nodes).allSatisfy(node -> assertThat(node.searches).hasSize(60));
    }

    @Test
    void strongReadAsksForABarrier() throws Exception {
        for (String path : List.of("/wiki/_search?consistency=strong", "/wiki/_count?consistency=strong")) {
            assertThat(seen(get(path, null)).offset()).isIn(4L, 9L);
        }
        assertThat(searches())
                .hasSize(2)
                .allSatisfy(search -> assertThat(search.getStrong()).isTrue());
        assertThat(get("/wiki/_doc/1?consistency=strong", null).statusCode()).isEqualTo(200);
        assertThat(cluster.nodes.stream().flatMap(node -> node.reads.stream()))
                .singleElement()
                .satisfies(read -> assertThat(read.getStrong()).isTrue());
    }

    @Test
    void strongReadWithoutALogIs503WithTheReason() throws Exception {
        cluster.nodes.forEach(node -> node.logSilent = true);
        for (String path : List.of("/wiki/_search", "/wiki/_count", "/wiki/_doc/1")) {
            HttpResponse<String> answer = get(path + "?consistency=strong", null);
            assertThat(answer.statusCode()).as(path).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
            assertThat(answer.body()).contains("log_unavailable_exception").contains("no barrier got through in time");
        }
    }

    /** Else the reason would be lost behind a node that never answers. */
    @Test
    void reasonIsKeptWhenTheOtherCopyNeverAnswers() throws Exception {
        cluster.node(1).logSilent = true;
        cluster.node(2).mood = new Mood.Stuck();
        await().until(() -> {
            HttpResponse<String> answer = get("/wiki/_search?consistency=strong&timeout=100ms", null);
            assertThat(answer.statusCode()).isIn(503, 504);
            return cluster.node(1).searches.size() > 3
                    && answer.statusCode() == 503
                    && answer.body().contains("no barrier got through in time");
        });
    }

    @Test
    void pageOfASessionIsWholeOrNone() throws Exception {
        try (Cluster two = new Cluster(2, 2, Duration.ofSeconds(20), 0);
                Doors theirs = new Doors(two.searches, two.documents, 1_000)) {
            two.node(1).holds(Cluster.shard(0), new Document("1", 1f, "{}"));
            two.node(2).holds(Cluster.shard(1), new Document("2", 1f, "{}"));
            two.up(2);
            assertThat(get(theirs, "/wiki/_search", token(1)).statusCode()).isEqualTo(503);
            assertThat(get(theirs, "/wiki/_search", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void askingForAPartialPageOfASessionIsAMistake() throws Exception {
        HttpResponse<String> answer = get("/wiki/_search?allow_partial_search_results=true", token(1));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/reason").asString())
                .startsWith("[allow_partial_search_results] cannot be true for a read that is [session]");
        assertThat(get("/wiki/_search?allow_partial_search_results=false", token(1))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void manyReadsShareASession() throws Exception {
        HttpRequest request = request(doors, "/wiki/_mget", token(7))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"ids\":[\"1\",\"2\"]}"))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(json(answer).at("/docs/0/found").asBoolean()).isTrue();
        assertThat(seen(answer)).isEqualTo(new LogPosition(1, 9));
        assertThat(cluster.node(1).reads)
                .hasSize(2)
                .allSatisfy(read -> assertThat(read.getAtLeast()).isEqualTo(position(7)));
    }

    @Test
    void headTellsTheSessionToo() throws Exception {
        HttpResponse<String> answer =
                http.send(request(doors, "/wiki/_doc/1", token(7)).HEAD().build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(seen(answer)).isEqualTo(new LogPosition(1, 9));
    }

    @Test
    void fetchedPageTellsWhatItsSearchSaw() throws Exception {
        HttpResponse<String> answer = get("/wiki/_search?from=1&size=5000", token(7));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(seen(answer)).isEqualTo(new LogPosition(1, 9));
    }

    @Test
    void mistakesAre400() throws Exception {
        assertThat(json(get("/wiki/_search?consistency=maybe", null))
                        .at("/error/root_cause/0/reason")
                        .asString())
                .isEqualTo("Unknown value for consistency: [maybe].");
        for (String path : List.of("/wiki/_search", "/wiki/_count", "/wiki/_doc/1", "/wiki/_source/1")) {
            HttpResponse<String> answer = get(path, "%%%");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer).at("/error/type").asString()).isEqualTo("illegal_argument_exception");
            assertThat(json(answer).at("/error/reason").asString()).startsWith("[Elpis-Session] must be");
        }
        assertThat(searches()).isEmpty();
    }

    private List<SearchRequest> searches() {
        return cluster.nodes.stream().flatMap(node -> node.searches.stream()).toList();
    }

    private static Position position(long offset) {
        return new LogPosition(1, offset).write();
    }

    private static String token(long offset) {
        return SessionToken.EMPTY
                .with(Map.of(SHARD, new LogPosition(1, offset)))
                .text();
    }

    private static LogPosition seen(HttpResponse<?> answer) {
        LogPosition seen = SessionToken.parse(
                        answer.headers().firstValue(SessionToken.HEADER).orElseThrow())
                .of(SHARD);
        return seen == null ? new LogPosition(0, 0) : seen;
    }

    private HttpResponse<String> get(String path, @Nullable String token) throws Exception {
        return get(doors, path, token);
    }

    private HttpResponse<String> get(Doors there, String path, @Nullable String token) throws Exception {
        return http.send(request(there, path, token).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(Doors there, String path, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + there.port() + path));
        return token == null ? request : request.header(SessionToken.HEADER, token);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonBody.object(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
