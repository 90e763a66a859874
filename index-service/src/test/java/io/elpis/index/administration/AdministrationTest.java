package io.elpis.index.administration;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.TestCatalogs;
import io.elpis.index.http.ShapedAnswers;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.log.RecordLog;
import io.elpis.index.refresh.Refresher;
import io.elpis.protocol.record.LogRecord;
import io.elpis.support.access.Callers;
import io.elpis.support.error.ServletErrors;
import io.elpis.support.identity.Caller;
import io.elpis.support.topology.NettyChannels;
import io.elpis.support.topology.ShardMapKeeper;
import io.elpis.support.topology.TopologySettings;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AdministrationTest {
    private final ShardMapKeeper noNodes = new ShardMapKeeper(
            Set::of,
            new NettyChannels(),
            new NoCredentials(),
            TopologySettings.DEFAULT,
            System::nanoTime,
            RandomGenerator.getDefault());
    private final Catalog catalog =
            TestCatalogs.catalog(new MappingAnnouncer(new AgreeableLog(), Duration.ofSeconds(1)));
    private final NodesKnow nodesKnow = new NodesKnow(noNodes);
    private final MockMvc http = MockMvcBuilders.standaloneSetup(
                    new IndexEndpoint(catalog, nodesKnow),
                    new MappingEndpoint(catalog, nodesKnow),
                    new SettingsEndpoint(catalog, nodesKnow),
                    new RefreshEndpoint(catalog, (_, _, _) -> new Refresher.Refreshed(2, 0, 2)))
            .setControllerAdvice(new ServletErrors(), new ShapedAnswers())
            .build();

    private record Answer(int status, JsonNode body) {}

    @BeforeEach
    void empty() {
        TestCatalogs.empty();
    }

    @AfterEach
    void close() {
        noNodes.close();
    }

    @Test
    void answersAreShapedAsAskedFor() throws Exception {
        call("PUT", "/books?wait_for_active_shards=0", "");
        assertThat(raw("GET", "/books?pretty=true"))
                .startsWith("{\n  \"books\" : {")
                .endsWith("}\n");
        assertThat(raw("GET", "/books?filter_path=*.settings.index.number_of_shards,-nothing"))
                .isEqualTo("{\"books\":{\"settings\":{\"index\":{\"number_of_shards\":\"1\"}}}}");
        assertThat(raw("GET", "/nothing?filter_path=error.type,status"))
                .isEqualTo("{\"error\":{\"type\":\"index_not_found_exception\"},\"status\":404}");
        assertThat(call("GET", "/books?filter_path=a..b", "")
                        .body
                        .at("/error/reason")
                        .asString())
                .isEqualTo("[filter_path] has a path with an empty part [a..b]");
        assertThat(call("DELETE", "/books?pretty=perhaps", "").status).isEqualTo(400);
        assertThat(call("GET", "/books", "").status).isEqualTo(200);
    }

    @Test
    void theLifeOfAnIndex() throws Exception {
        Answer created = call("PUT", "/books?wait_for_active_shards=0", """
                {"settings":{"number_of_shards":2},"mappings":{"properties":{"title":{"type":"text"}}}}""");
        assertThat(created.status).isEqualTo(200);
        assertThat(created.body.toString())
                .isEqualTo("{\"acknowledged\":true,\"shards_acknowledged\":true,\"index\":\"books\"}");

        assertThat(call("PUT", "/books/_mapping", "{\"properties\":{\"year\":{\"type\":\"integer\"}}}").status)
                .isEqualTo(200);
        assertThat(call("PUT", "/books/_settings", "{\"index\":{\"number_of_replicas\":0}}").status)
                .isEqualTo(200);
        JsonNode shown = call("GET", "/bo*", "").body.path("books");
        assertThat(shown.at("/mappings/properties/year/type").asString()).isEqualTo("integer");
        assertThat(shown.at("/settings/index/number_of_replicas").asString()).isEqualTo("0");
        assertThat(shown.at("/settings/index/number_of_shards").asString()).isEqualTo("2");
        assertThat(call("POST", "/books/_refresh", "").body.toString())
                .isEqualTo("{\"_shards\":{\"total\":2,\"successful\":2,\"failed\":0}}");
        assertThat(call("HEAD", "/books", "").status).isEqualTo(200);

        assertThat(call("DELETE", "/books", "").body.toString()).isEqualTo("{\"acknowledged\":true}");
        assertThat(call("HEAD", "/books", "").status).isEqualTo(404);
    }

    @Test
    void mistakesAreAnsweredInOpenSearchsShape() throws Exception {
        call("PUT", "/there?wait_for_active_shards=0", "{\"mappings\":{\"properties\":{\"a\":{\"type\":\"long\"}}}}");

        assertMistake(call("PUT", "/there", ""), 400, "resource_already_exists_exception");
        assertMistake(call("PUT", "/Upper", ""), 400, "invalid_index_name_exception");
        assertMistake(call("GET", "/missing", ""), 404, "index_not_found_exception");
        assertMistake(call("DELETE", "/missing", ""), 404, "index_not_found_exception");
        assertMistake(call("PUT", "/x", "{\"settings\":"), 400, "parsing_exception");
        assertMistake(call("PUT", "/x", "{\"settings\":{\"colour\":\"red\"}}"), 400, "illegal_argument_exception");
        assertMistake(call("PUT", "/x", "{\"aliases\":{\"y\":{}}}"), 400, "illegal_argument_exception");
        assertMistake(
                call("PUT", "/there/_mapping", "{\"properties\":{\"a\":{\"type\":\"text\"}}}"),
                400,
                "illegal_argument_exception");
        assertMistake(call("PUT", "/there/_settings", "{\"number_of_shards\":9}"), 400, "illegal_argument_exception");
        assertMistake(call("GET", "/there?colour=red", ""), 400, "illegal_argument_exception");
        assertMistake(
                call("PUT", "/there/_mapping", "{\"properties\":{\"x\":{\"type\":\"text\",\"analyzer\":\"typo\"}}}"),
                400,
                "mapper_parsing_exception");
        assertMistake(
                call("PUT", "/there/_settings", "{\"refresh_interval\":\"999999999d\"}"),
                400,
                "illegal_argument_exception");
        assertMistake(call("PUT", "/late?timeout=200000d", ""), 400, "illegal_argument_exception");
        assertThat(call("HEAD", "/late", "").status).as("nothing was made").isEqualTo(404);
        assertMistake(call("POST", "/there", ""), 405, "method_not_allowed_exception");
        assertThat(send("POST", "/there", "").getHeader("Allow")).contains("PUT", "DELETE");
        assertThat(call("HEAD", "/Upper", "").status).as("a name none can have").isEqualTo(404);
        assertMistake(call("PUT", "/late?wait_for_active_shards=banana", ""), 400, "illegal_argument_exception");
        assertMistake(call("PUT", "/late?wait_for_active_shards=9", ""), 400, "illegal_argument_exception");
        assertThat(call("HEAD", "/late", "").status).as("nothing was made").isEqualTo(404);
    }

    @Test
    void nothingIsDeletedThatWasNotNamed() throws Exception {
        call("PUT", "/logs-1?wait_for_active_shards=0", "");
        call("PUT", "/wiki?wait_for_active_shards=0", "");

        assertMistake(call("DELETE", "/,logs-1", ""), 404, "index_not_found_exception");
        assertMistake(call("DELETE", "/wiki,,logs-1", ""), 404, "index_not_found_exception");
        assertThat(call("DELETE", "/logs*?expand_wildcards=none", "").status).isEqualTo(200);
        assertMistake(call("DELETE", "/x*?allow_no_indices=false", ""), 404, "index_not_found_exception");
        assertMistake(call("DELETE", "/logs*?expand_wildcards=some", ""), 400, "illegal_argument_exception");
        assertThat(call("HEAD", "/logs-1", "").status).isEqualTo(200);
        assertThat(call("HEAD", "/wiki", "").status).isEqualTo(200);
    }

    @Test
    void aMappingIsChangedInAllIndicesOrInNone() throws Exception {
        call("PUT", "/able?wait_for_active_shards=0", "");
        call("PUT", "/bound?wait_for_active_shards=0", "{\"mappings\":{\"properties\":{\"a\":{\"type\":\"long\"}}}}");

        assertMistake(
                call("PUT", "/able,bound/_mapping", "{\"properties\":{\"a\":{\"type\":\"text\"}}}"),
                400,
                "illegal_argument_exception");
        assertThat(call("GET", "/able/_mapping", "").body.at("/able/mappings").isEmpty())
                .isTrue();
    }

    private static void assertMistake(Answer answer, int status, String type) {
        assertThat(answer.status).as("%s", answer.body).isEqualTo(status);
        assertThat(answer.body.path("status").intValue()).isEqualTo(status);
        assertThat(answer.body.at("/error/type").asString()).isEqualTo(type);
        assertThat(answer.body.at("/error/root_cause/0/reason").asString())
                .isEqualTo(answer.body.at("/error/reason").asString())
                .isNotEmpty();
    }

    private Answer call(String method, String path, String body) throws Exception {
        MockHttpServletResponse response = send(method, path, body);
        return new Answer(response.getStatus(), JsonMapper.shared().readTree(response.getContentAsByteArray()));
    }

    private String raw(String method, String path) throws Exception {
        return send(method, path, "").getContentAsString(StandardCharsets.UTF_8);
    }

    private MockHttpServletResponse send(String method, String path, String body) throws Exception {
        return http.perform(MockMvcRequestBuilders.request(HttpMethod.valueOf(method), URI.create(path))
                        .requestAttr(Callers.ATTRIBUTE, new Caller("eve", Set.of("manage"), Instant.MAX, "token"))
                        .contentType("application/json")
                        .content(body))
                .andReturn()
                .getResponse();
    }

    private static final class AgreeableLog implements RecordLog {
        @Override
        public void append(LogPartition to, byte[] key, LogRecord record, Confirmation confirmed) {
            confirmed.stored(0);
        }

        @Override
        public void checkAvailable() {}
    }

    private static final class NoCredentials extends CallCredentials {
        @Override
        public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
            applier.apply(new Metadata());
        }
    }
}
