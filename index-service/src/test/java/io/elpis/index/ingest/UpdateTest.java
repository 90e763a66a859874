package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.TestCatalogs;
import io.elpis.index.log.ApplyLogicAnnouncer;
import io.elpis.index.log.KnownNode;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.outcome.OutcomeProperties;
import io.elpis.index.outcome.OutcomeTracker;
import io.elpis.index.refresh.Refresher;
import io.elpis.model.document.Routing;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexName;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.UpdateAction;
import io.elpis.support.topology.NodeView;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Updates as far as the log, and what is made of their outcomes. */
final class UpdateTest {
    private static final IngestProperties PROPERTIES =
            new IngestProperties(DataSize.ofKilobytes(64), true, Duration.ofSeconds(5), Duration.ofSeconds(5));

    private final FakeLog log = new FakeLog();
    private final List<NodeView> nodes = new ArrayList<>(List.of(KnownNode.of("query-1", 2)));
    private final MappingAnnouncer mappings = new MappingAnnouncer(log, Duration.ofSeconds(1));
    private final Catalog catalog = TestCatalogs.catalog(mappings);
    private final CopyProgress copies = (_, _) -> new long[] {1_000, 1_000};
    private final Ingest ingest = new Ingest(
            catalog,
            new Preparation(
                    catalog,
                    mappings,
                    new ApplyLogicAnnouncer(log, Duration.ofSeconds(1), () -> nodes),
                    new ParsedRoom(1 << 20),
                    InstantSource.system()),
            log,
            new OutcomeTracker(log, new OutcomeProperties(100, Duration.ofSeconds(1), Duration.ofSeconds(1))),
            (targets, _, _) -> new Refresher.Refreshed(targets.size(), 0, targets.size()),
            copies,
            new OpIds(new UUID(1, 2)),
            PROPERTIES,
            System::nanoTime);
    private final UpdateEndpoint updates = new UpdateEndpoint(new SingleWrites(ingest, copies), PROPERTIES);
    private final BulkEndpoint bulk = new BulkEndpoint(ingest, PROPERTIES, copies, new SimpleMeterRegistry());

    @BeforeEach
    void empty() {
        TestCatalogs.empty();
    }

    @Test
    void anUpdateGoesIntoTheLogAsItCame() throws Exception {
        ResponseEntity<byte[]> answer =
                update("{\"doc\": {\"n\": 1 }, \"upsert\":{\"m\":2}, \"detect_noop\":false}", "routing=r");

        assertThat(answer.getStatusCode().value()).isEqualTo(201);
        assertThat(answer.getHeaders().getFirst("Location")).isEqualTo("/books/_doc/1");
        LogRecord record = records().getLast();
        assertThat(record.getOperation().getRouting()).isEqualTo("r");
        UpdateAction action = record.getOperation().getUpdate();
        assertThat(action.getDoc().toStringUtf8()).isEqualTo("{\"n\": 1 }");
        assertThat(action.getUpsert().toStringUtf8()).isEqualTo("{\"m\":2}");
        assertThat(action.getDetectNoop()).isFalse();
        assertThat(action.getDocAsUpsert()).isFalse();
    }

    @Test
    void detectNoopIsTheDefaultAndDocAsUpsertAParameterToo() throws Exception {
        update("{\"doc\":{\"n\":1}}", "doc_as_upsert=true");
        UpdateAction action = records().getLast().getOperation().getUpdate();
        assertThat(action.getDetectNoop()).isTrue();
        assertThat(action.getDocAsUpsert()).isTrue();
        assertThat(action.getUpsert().isEmpty()).isTrue();
    }

    @Test
    void fieldsOfBothPartsAreInTheMappingAheadOfTheRecord() throws Exception {
        update("{\"doc\":{\"a\":{\"b\":1}},\"upsert\":{\"c\":\"x\"}}", "");

        assertThat(catalog.get("books").mapping().field("a.b")).isNotNull();
        assertThat(catalog.get("books").mapping().field("c")).isNotNull();
        LogRecord update = records().getLast();
        assertThat(records().stream()
                        .filter(LogRecord::hasMapping)
                        .toList()
                        .getLast()
                        .getMapping()
                        .getVersion())
                .isEqualTo(update.getOperation().getMappingVersion());
    }

    @Test
    void aPartThatDoesNotFitAddsNoFields() throws Exception {
        update("{\"doc\":{\"n\":1},\"doc_as_upsert\":true}", "");
        assertMistake("{\"doc\":{\"fresh\":1},\"upsert\":{\"n\":\"x\"}}", "", ErrorCode.MAPPER_PARSING, "field [n]");
        assertThat(catalog.get("books").mapping().field("fresh")).isNull();
    }

    @Test
    void theApplyLogicIsRaisedOnceAndBeforeTheFirstUpdate() throws Exception {
        update("{\"doc\":{\"n\":1},\"doc_as_upsert\":true}", "");
        update("{\"doc\":{\"n\":2}}", "");

        List<LogRecord> records = records();
        assertThat(records.stream().filter(LogRecord::hasApplyLogic)).hasSize(1);
        int raised = records.stream().map(LogRecord::hasApplyLogic).toList().indexOf(true);
        int first = records.stream().map(LogRecord::hasOperation).toList().indexOf(true);
        assertThat(raised).isLessThan(first);
    }

    @Test
    void onlyTheShardsOfUpdatesAreRaised() throws Exception {
        catalog.create(
                new IndexName("books"),
                IndexDefinition.parse("{\"settings\":{\"number_of_shards\":8}}".getBytes(StandardCharsets.UTF_8)));
        bulk("""
                {"index":{"_id":"2"}}
                {"n":1}
                {"update":{"_id":"1"}}
                {"doc":{"n":1},"doc_as_upsert":true}
                """);

        assertThat(log.partitions.entrySet().stream()
                        .filter(log -> log.getValue().stream().anyMatch(LogRecord::hasApplyLogic))
                        .map(Map.Entry::getKey))
                .containsExactly(Routing.shard("1", 8));
    }

    @Test
    void anOlderNodeRefusesUpdatesAndNothingElse() throws Exception {
        nodes.add(KnownNode.of("query-2", 1));
        JsonNode answer = bulk("""
                {"index":{"_id":"1"}}
                {"n":1}
                {"update":{"_id":"1"}}
                {"doc":{"n":2}}
                """);

        assertThat(statuses(answer)).containsExactly(201, 400);
        assertThat(answer.at("/items/1/update/error/reason").asString()).contains("node [query-2]");
        assertMistake("{\"doc\":{\"n\":1}}", "", ErrorCode.ILLEGAL_ARGUMENT, "node [query-2]");
        nodes.clear();
        assertMistake("{\"doc\":{\"n\":1}}", "", ErrorCode.SERVICE_UNAVAILABLE, "nothing was written");
        assertThat(records()).noneMatch(record -> record.getOperation().hasUpdate());
    }

    @Test
    void outcomesAreToldAsOpenSearchTellsThem() throws Exception {
        update("{\"doc\":{\"n\":1},\"doc_as_upsert\":true}", "");
        ResponseEntity<byte[]> updated = update("{\"doc\":{\"n\":2}}", "");
        assertThat(updated.getStatusCode().value()).isEqualTo(200);
        assertThat(json(updated).path("result").asString()).isEqualTo("updated");
        assertThat(json(updated).path("_version").intValue()).isEqualTo(2);

        JsonNode noop = json(update("{\"doc\":{}}", "refresh=true"));
        assertThat(noop.path("result").asString()).isEqualTo("noop");
        assertThat(noop.path("_version").intValue()).isEqualTo(2);
        assertThat(noop.path("_shards").toString()).isEqualTo("{\"total\":0,\"successful\":0,\"failed\":0}");
        assertThat(noop.has("forced_refresh")).isFalse();

        assertThatThrownBy(() -> updates.update(
                        WriteDoor.request("POST", "{\"doc\":{}}", ""), new MockHttpServletResponse(), "books", "none"))
                .hasMessage("[none]: document missing")
                .isInstanceOfSatisfying(ElpisException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.DOCUMENT_MISSING);
                    assertThat(failure.details())
                            .containsEntry("index", "books")
                            .containsEntry("shard", "0")
                            .containsKey("index_uuid");
                });
        assertMistake(
                "{\"doc\":{\"n\":3}}", "if_seq_no=9&if_primary_term=1", ErrorCode.VERSION_CONFLICT, "version conflict");
    }

    @Test
    void aBulkOfUpdatesFailsItemByItem() throws Exception {
        JsonNode answer = bulk("""
                {"update":{"_id":"1"}}
                {"doc":{"n":1},"doc_as_upsert":true}
                {"update":{"_id":"1","retry_on_conflict":3}}
                {"doc":{}}
                {"update":{"_id":"none"}}
                {"doc":{"n":1}}
                {"update":{"_id":"1"}}
                {"doc":{"n":1},"colour":"red"}
                {"update":{"_id":"1"}}
                {"doc":
                {"update":{"_id":"1","version":3,"version_type":"external"}}
                {"doc":{}}
                {"update":{"_id":"1","if_seq_no":9,"if_primary_term":1}}
                {"doc":{"n":2}}
                {"update":{"_id":"1"}}
                {"doc":{"n":"x"}}
                {"update":{"_id":"1"}}
                {"doc":{"n":2}}
                """);

        assertThat(statuses(answer)).containsExactly(201, 200, 404, 400, 400, 400, 409, 400, 200);
        assertThat(answer.at("/items/1/update/result").asString()).isEqualTo("noop");
        assertThat(answer.at("/items/2/update/error/type").asString()).isEqualTo("document_missing_exception");
        assertThat(answer.at("/items/3/update/error/reason").asString()).contains("unknown field [colour]");
        assertThat(answer.at("/items/3/update/error/col").isNumber()).isTrue();
        assertThat(answer.at("/items/5/update/error/reason").asString())
                .startsWith("Update requests do not support versioning.");
        assertThat(answer.at("/items/7/update/error/type").asString()).isEqualTo("mapper_parsing_exception");
    }

    @Test
    void contradictionsAreToldAsOpenSearchTellsThem() {
        String validation = "Validation Failed: 1: ";
        assertMistake("", "", ErrorCode.ACTION_REQUEST_VALIDATION, validation + "script or doc is missing;");
        assertMistake(
                "{\"upsert\":{}}", "", ErrorCode.ACTION_REQUEST_VALIDATION, validation + "script or doc is missing;");
        assertMistake(
                "{\"doc_as_upsert\":true}",
                "",
                ErrorCode.ACTION_REQUEST_VALIDATION,
                "2: doc must be specified if doc_as_upsert is enabled;");
        assertMistake(
                "{\"doc\":{}}",
                "version=3",
                ErrorCode.ACTION_REQUEST_VALIDATION,
                validation + "internal versioning can not be used for optimistic concurrency control.");
        assertMistake(
                "{\"doc\":{}}",
                "if_seq_no=1&if_primary_term=1&retry_on_conflict=1",
                ErrorCode.ACTION_REQUEST_VALIDATION,
                validation + "compare and write operations can not be retried;");
        assertMistake(
                "{\"doc\":{},\"upsert\":{},\"doc_as_upsert\":true,\"if_seq_no\":1,\"if_primary_term\":1}",
                "",
                ErrorCode.ACTION_REQUEST_VALIDATION,
                validation + "compare and write operations can not be used with upsert;"
                        + "2: upsert requests don't support `if_seq_no` and `if_primary_term`;");
        assertMistake(
                "{\"doc\":{}}", "retry_on_conflict=-1", ErrorCode.ACTION_REQUEST_VALIDATION, "must not be negative");
        assertMistake("{\"doc\":{}}", "if_seq_no=1", ErrorCode.ACTION_REQUEST_VALIDATION, "primary term is [0]");
        assertMistake("{\"doc\":{}}", "_source=true", ErrorCode.ILLEGAL_ARGUMENT, "unrecognized parameter: [_source]");
        assertMistake("{\"doc\":{}}", "require_alias=true", ErrorCode.ILLEGAL_ARGUMENT, "[require_alias]");
        assertThat(log.partitions).isEmpty();
    }

    private void assertMistake(String body, String query, ErrorCode code, String words) {
        assertThatThrownBy(() -> update(body, query))
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private ResponseEntity<byte[]> update(String body, String query) throws Exception {
        return updates.update(WriteDoor.request("POST", body, query), new MockHttpServletResponse(), "books", "1");
    }

    private JsonNode bulk(String body) throws Exception {
        return json(bulk.bulk(WriteDoor.request("POST", body, ""), new MockHttpServletResponse(), "books"));
    }

    private List<LogRecord> records() {
        return log.partitions.getOrDefault(0, List.of());
    }

    private static List<Integer> statuses(JsonNode answer) {
        List<Integer> statuses = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            statuses.add(item.path("update")
                    .path("status")
                    .intValue(item.path("index").path("status").intValue(0)));
        }
        return statuses;
    }

    private static JsonNode json(ResponseEntity<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.getBody());
    }
}
