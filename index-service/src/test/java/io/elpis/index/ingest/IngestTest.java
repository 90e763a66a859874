package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.model.document.Routing;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexName;
import io.elpis.protocol.outcome.OperationRef;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.OpId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;

/** Writes that are taken, and what becomes of them. */
final class IngestTest {
    private final WriteDoor door = new WriteDoor();

    @Test
    void aBulkAnswersEveryItemInOrderWithItsOwnResult() throws Exception {
        JsonNode answer = door.bulk("""
                {"index":{"_id":"1"}}
                {"title":"one"}
                {"create":{"_id":"1"}}
                {"title":"again"}
                {"index":{"_id":"2"}}
                {"title":broken
                {"delete":{"_id":"1"}}
                {"delete":{"_id":"none"}}
                {"update":{"_id":"1"}}
                {"doc":{}}
                {"index":{}}
                {"title":"auto"}
                """);

        assertThat(answer.path("errors").booleanValue()).isTrue();
        assertThat(WriteDoor.statuses(answer)).containsExactly(201, 409, 400, 200, 404, 503, 201);
        JsonNode first = answer.at("/items/0/index");
        assertThat(first.path("result").asString()).isEqualTo("created");
        assertThat(first.path("_shards").toString()).isEqualTo("{\"total\":2,\"successful\":2,\"failed\":0}");
        assertThat(answer.at("/items/1/create/error/type").asString()).isEqualTo("version_conflict_engine_exception");
        assertThat(answer.at("/items/2/index/error/type").asString()).isEqualTo("mapper_parsing_exception");
        assertThat(answer.at("/items/4/delete/result").asString()).isEqualTo("not_found");
        assertThat(answer.at("/items/5/update/error/reason").asString()).contains("no query node is known");
        assertThat(answer.at("/items/6/index/_id").asString()).hasSize(20);
    }

    @Test
    void theMappingGoesAheadOfTheFirstRecordThatUsesIt() throws Exception {
        door.bulk("{\"index\":{\"_id\":\"1\"}}\n{\"a\":1}\n");
        door.bulk("{\"index\":{\"_id\":\"2\"}}\n{\"a\":1,\"b\":\"x\"}\n");
        door.bulk("{\"index\":{\"_id\":\"3\"}}\n{\"b\":\"y\"}\n");

        List<LogRecord> records = door.log.partitions.getOrDefault(0, List.of());
        long announced = -1;
        int documents = 0;
        for (LogRecord record : records) {
            if (record.hasMapping()) {
                assertThat(record.getMapping().getVersion()).isGreaterThan(announced);
                announced = record.getMapping().getVersion();
            } else {
                documents++;
                assertThat(record.getOperation().getMappingVersion()).isLessThanOrEqualTo(announced);
            }
        }
        assertThat(documents).isEqualTo(3);
        assertThat(records).hasSize(6);
        assertThat(door.catalog.get("books").mapping().field("b")).isNotNull();
    }

    @Test
    void documentsOfOneBulkShareOneMappingChange() throws Exception {
        door.bulk("{\"index\":{}}\n{\"a\":1}\n{\"index\":{}}\n{\"b\":1}\n{\"index\":{}}\n{\"c\":1}\n");

        assertThat(door.log.partitions.getOrDefault(0, List.of()).stream().filter(LogRecord::hasMapping))
                .hasSize(2);
    }

    @Test
    void theFieldLimitFailsOnlyTheDocumentThatExceedsIt() throws Exception {
        door.catalog.create(
                new IndexName("books"),
                IndexDefinition.parse(
                        "{\"settings\":{\"index.mapping.total_fields.limit\":2}}".getBytes(StandardCharsets.UTF_8)));
        JsonNode answer =
                door.bulk("{\"index\":{}}\n{\"a\":1}\n{\"index\":{}}\n{\"b\":1,\"c\":1}\n{\"index\":{}}\n{\"d\":1}\n");

        assertThat(WriteDoor.statuses(answer)).containsExactly(201, 400, 201);
        assertThat(answer.at("/items/1/index/error/reason").asString()).contains("Limit of total fields [2]");
    }

    @Test
    void theLimitOfSizeFailsOnlyTheDocumentThatExceedsIt() throws Exception {
        door.catalog.create(
                new IndexName("books"),
                IndexDefinition.parse("{\"mappings\":{\"_meta\":{\"m\":\"%s\"}}}"
                        .formatted("x".repeat((4 << 20) - 500))
                        .getBytes(StandardCharsets.UTF_8)));
        JsonNode answer = door.bulk("{\"index\":{}}\n{\"a\":1}\n{\"index\":{}}\n{\"%s\":1}\n{\"index\":{}}\n{\"a\":2}\n"
                .formatted("x".repeat(500)));

        assertThat(WriteDoor.statuses(answer)).containsExactly(201, 400, 201);
        assertThat(answer.at("/items/1/index/error/reason").asString()).contains("Limit of the size of mapping");
        assertThat(answer.at("/items/1/index/error/type").asString()).isEqualTo("illegal_argument_exception");
    }

    @Test
    void withoutAnOutcomeInTimeAWriteIsUndecidedNotFailed() throws Exception {
        door.bulk("{\"index\":{}}\n{\"a\":1}\n");
        door.log.copies = false;
        ResponseEntity<byte[]> answer = door.documents.index(
                WriteDoor.request("PUT", "{\"a\":2}", "timeout=100ms"), new MockHttpServletResponse(), "fresh", "7");

        assertThat(answer.getStatusCode().value()).isEqualTo(202);
        JsonNode body = WriteDoor.json(answer);
        assertThat(body.path("result").asString()).isEqualTo("undecided");
        String operation = body.path("_op_id").asString();
        assertThat(answer.getHeaders().getFirst("Location")).isEqualTo("/_elpis/outcome/" + operation);
        OperationRef ref = Ticket.parse(operation).operation();
        assertThat(ref.getId()).isEqualTo("7");
        assertThat(ref.getExact()).isTrue();
        assertThat(ref.getAt().getOffset())
                .isEqualTo(body.at("/_position/offset").asLong());
        assertThat(door.outcomes.reserved()).isZero();
    }

    @Test
    void withoutConfirmationAWriteIsUndecidedToo() throws Exception {
        door.catalog.create(new IndexName("books"), IndexDefinition.parse(new byte[0]));
        door.log.mood = FakeLog.Mood.SILENT;
        CatalogIndex index = door.catalog.get("books");
        door.announcer.announce(index.metadata(), List.of());
        List<Write> writes = door.ingest
                .write(
                        List.of(new WriteRequest(
                                WriteKind.DELETE, "books", "1", null, null, new WriteContent.Nothing())),
                        null,
                        Duration.ofMillis(50),
                        Refresh.LATER)
                .writes();
        assertThat(writes.getFirst().result()).isEqualTo(new WriteResult.Undecided(-1));
        OperationRef ref = writes.getFirst().told().ticket(-1).operation();
        assertThat(ref.getExact()).isFalse();
        assertThat(ref.getAt().getOffset()).as("the log went this far before").isEqualTo(door.applied[0]);
    }

    @Test
    void anEmptyRoutingIsNone() throws Exception {
        door.catalog.create(
                new IndexName("books"),
                IndexDefinition.parse("{\"settings\":{\"number_of_shards\":8}}".getBytes(StandardCharsets.UTF_8)));
        MockHttpServletRequest request = WriteDoor.request("PUT", "{}", "");
        request.setQueryString("routing=");
        request.addParameter("routing", "");
        door.documents.index(request, new MockHttpServletResponse(), "books", "1");

        List<LogRecord> shard = door.log.partitions.getOrDefault(Routing.shard("1", 8), List.of());
        assertThat(shard.getLast().getOperation().getId()).isEqualTo("1");
        assertThat(shard.getLast().getOperation().getRouting()).isEmpty();
    }

    @Test
    void onlyCopiesKnownToHaveAppliedAreCounted() throws Exception {
        door.applied = new long[] {0, 0};
        assertThat(door.bulk("{\"index\":{}}\n{\"a\":1}\n")
                        .at("/items/0/index/_shards")
                        .toString())
                .isEqualTo("{\"total\":2,\"successful\":1,\"failed\":0}");
    }

    @Test
    void aRefreshThatFailedIsNotToldAsDone() throws Exception {
        String body = "{\"index\":{}}\n{\"a\":1}\n";
        assertThat(door.bulk(body, "refresh=true")
                        .at("/items/0/index/forced_refresh")
                        .booleanValue())
                .isTrue();
        door.failedRefreshes = 1;
        assertThat(door.bulk(body, "refresh=true").at("/items/0/index").has("forced_refresh"))
                .isFalse();
    }

    @Test
    void aRefreshThatWasAwaitedIsForcedOnlyWhereTooManyWaited() throws Exception {
        String body = "{\"index\":{}}\n{\"a\":1}\n";
        assertThat(door.bulk(body, "refresh=wait_for").at("/items/0/index").has("forced_refresh"))
                .isFalse();
        assertThat(door.refreshed).hasSize(1);
        door.crowded = true;
        assertThat(door.bulk(body, "refresh=wait_for")
                        .at("/items/0/index/forced_refresh")
                        .booleanValue())
                .isTrue();
        WriteDoor.assertMistake(
                () -> door.bulk(body, "refresh=soon"), ErrorCode.ILLEGAL_ARGUMENT, "Unknown value for refresh: [soon]");
    }

    @Test
    void refreshAsksForTheLastRecordOfEachShard() throws Exception {
        door.bulk("{\"index\":{}}\n{\"a\":1}\n{\"index\":{}}\n{\"a\":2}\n", "refresh=true");

        assertThat(door.refreshed)
                .singleElement()
                .satisfies(target -> assertThat(target.lastOffset())
                        .isEqualTo(
                                door.log.partitions.getOrDefault(0, List.of()).size() - 1));
    }

    @Test
    void theSameIdempotencyKeyGivesTheSameIdsAndOperations() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int sent = 0; sent < 2; sent++) {
            MockHttpServletRequest request = WriteDoor.request("POST", "{\"index\":{}}\n{\"a\":1}\n", "");
            WriteDoor.name(request, "eve", "load-17");
            ids.add(WriteDoor.json(door.bulk.bulk(request, new MockHttpServletResponse(), "books"))
                    .at("/items/0/index/_id")
                    .asString());
        }
        assertThat(ids.getFirst()).isEqualTo(ids.getLast()).hasSize(20);
        List<LogRecord> operations = door.log.partitions.getOrDefault(0, List.of()).stream()
                .filter(LogRecord::hasOperation)
                .toList();
        assertThat(operations.getFirst().getOperation().getOpId())
                .isEqualTo(operations.getLast().getOperation().getOpId());
    }

    @Test
    void theSameKeyOfAnotherCallerOrForAnotherIndexIsAnotherOperation() throws Exception {
        List<OpId> operations = new ArrayList<>();
        for (String index : List.of("books", "films")) {
            for (String caller : List.of("eve", "adam", "ev")) {
                MockHttpServletRequest request = WriteDoor.request("POST", "{\"index\":{}}\n{\"a\":1}\n", "");
                WriteDoor.name(request, caller, caller.equals("ev") ? "e17" : "17");
                door.bulk.bulk(request, new MockHttpServletResponse(), index);
                operations.add(door.log
                        .partitions
                        .getOrDefault(0, List.of())
                        .getLast()
                        .getOperation()
                        .getOpId());
            }
        }
        assertThat(operations).doesNotHaveDuplicates().hasSize(6);
        assertThat(operations)
                .allSatisfy(op -> assertThat(op.getIdempotent().getKey()).hasSize(43));
    }
}
