package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.TestCatalogs;
import io.elpis.index.log.ApplyLogicAnnouncer;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.outcome.OutcomeProperties;
import io.elpis.index.outcome.OutcomeTracker;
import io.elpis.index.refresh.Refresher;
import io.elpis.model.document.Routing;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexName;
import io.elpis.protocol.outcome.OperationRef;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.OpId;
import io.elpis.support.access.Callers;
import io.elpis.support.identity.Caller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class IngestTest {
    private static final IngestProperties PROPERTIES =
            new IngestProperties(DataSize.ofKilobytes(64), true, Duration.ofSeconds(5), Duration.ofSeconds(5));

    private final FakeLog log = new FakeLog();
    private final AtomicLong later = new AtomicLong();
    private final AtomicInteger created = new AtomicInteger();
    private long[] applied = {1_000_000, 1_000_000};
    private int failedRefreshes;
    private boolean crowded;
    private final List<Refresher.Target> refreshed = new ArrayList<>();
    private final MappingAnnouncer announcer = new MappingAnnouncer(log, Duration.ofSeconds(1));
    private final Catalog catalog = TestCatalogs.catalog(announcer, created::incrementAndGet);
    private final OutcomeTracker outcomes =
            new OutcomeTracker(log, new OutcomeProperties(100, Duration.ofSeconds(1), Duration.ofSeconds(1)));
    private final ApplyLogicAnnouncer applyLogic = new ApplyLogicAnnouncer(log, Duration.ofSeconds(1), List::of);
    private final Ingest ingest = new Ingest(
            catalog,
            new Preparation(catalog, announcer, applyLogic, InstantSource.system()),
            log,
            outcomes,
            (targets, how, _) -> refreshed(targets, how),
            (_, _) -> applied,
            new OpIds(new UUID(1, 2)),
            PROPERTIES,
            () -> System.nanoTime() + later.get());
    private final BulkEndpoint bulk =
            new BulkEndpoint(ingest, PROPERTIES, (_, _) -> applied, new SimpleMeterRegistry());
    private final DocumentEndpoint documents =
            new DocumentEndpoint(new SingleWrites(ingest, (_, _) -> applied), PROPERTIES);

    private Refresher.Refreshed refreshed(Collection<Refresher.Target> targets, Refresher.How how) {
        refreshed.addAll(targets);
        int forced = how == Refresher.How.NOW || crowded ? targets.size() : 0;
        return new Refresher.Refreshed(targets.size(), failedRefreshes, forced);
    }

    @BeforeEach
    void empty() {
        TestCatalogs.empty();
    }

    @Test
    void aBulkAnswersEveryItemInOrderWithItsOwnResult() throws Exception {
        JsonNode answer = bulk("""
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
        assertThat(statuses(answer)).containsExactly(201, 409, 400, 200, 404, 503, 201);
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
        bulk("{\"index\":{\"_id\":\"1\"}}\n{\"a\":1}\n");
        bulk("{\"index\":{\"_id\":\"2\"}}\n{\"a\":1,\"b\":\"x\"}\n");
        bulk("{\"index\":{\"_id\":\"3\"}}\n{\"b\":\"y\"}\n");

        List<LogRecord> records = log.partitions.getOrDefault(0, List.of());
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
        assertThat(catalog.get("books").mapping().field("b")).isNotNull();
    }

    @Test
    void documentsOfOneBulkShareOneMappingChange() throws Exception {
        bulk("{\"index\":{}}\n{\"a\":1}\n{\"index\":{}}\n{\"b\":1}\n{\"index\":{}}\n{\"c\":1}\n");

        assertThat(log.partitions.getOrDefault(0, List.of()).stream().filter(LogRecord::hasMapping))
                .hasSize(2);
    }

    @Test
    void theFieldLimitFailsOnlyTheDocumentThatExceedsIt() throws Exception {
        catalog.create(
                new IndexName("books"),
                IndexDefinition.parse(
                        "{\"settings\":{\"index.mapping.total_fields.limit\":2}}".getBytes(StandardCharsets.UTF_8)));
        JsonNode answer =
                bulk("{\"index\":{}}\n{\"a\":1}\n{\"index\":{}}\n{\"b\":1,\"c\":1}\n{\"index\":{}}\n{\"d\":1}\n");

        assertThat(statuses(answer)).containsExactly(201, 400, 201);
        assertThat(answer.at("/items/1/index/error/reason").asString()).contains("Limit of total fields [2]");
    }

    @Test
    void withoutAnOutcomeInTimeAWriteIsUndecidedNotFailed() throws Exception {
        bulk("{\"index\":{}}\n{\"a\":1}\n");
        log.copies = false;
        ResponseEntity<byte[]> answer = documents.index(
                request("PUT", "{\"a\":2}", "timeout=100ms"), new MockHttpServletResponse(), "fresh", "7");

        assertThat(answer.getStatusCode().value()).isEqualTo(202);
        JsonNode body = json(answer);
        assertThat(body.path("result").asString()).isEqualTo("undecided");
        String operation = body.path("_op_id").asString();
        assertThat(answer.getHeaders().getFirst("Location")).isEqualTo("/_elpis/outcome/" + operation);
        OperationRef ref = Ticket.parse(operation).operation();
        assertThat(ref.getId()).isEqualTo("7");
        assertThat(ref.getExact()).isTrue();
        assertThat(ref.getAt().getOffset())
                .isEqualTo(body.at("/_position/offset").asLong());
        assertThat(outcomes.reserved()).isZero();
    }

    @Test
    void withoutConfirmationAWriteIsUndecidedToo() throws Exception {
        catalog.create(new IndexName("books"), IndexDefinition.parse(new byte[0]));
        log.mood = FakeLog.Mood.SILENT;
        CatalogIndex index = catalog.get("books");
        announcer.announce(index.metadata(), List.of());
        List<Write> writes = ingest.write(
                        List.of(new WriteRequest(
                                WriteKind.DELETE, "books", "1", null, null, new WriteContent.Nothing())),
                        null,
                        Duration.ofMillis(50),
                        Refresh.LATER)
                .writes();
        assertThat(writes.getFirst().result()).isEqualTo(new WriteResult.Undecided(-1));
        OperationRef ref = writes.getFirst().told().ticket(-1).operation();
        assertThat(ref.getExact()).isFalse();
        assertThat(ref.getAt().getOffset()).as("the log went this far before").isEqualTo(applied[0]);
    }

    @Test
    void whatTheLogRefusedIsAFailure() {
        catalog.create(new IndexName("books"), IndexDefinition.parse(new byte[0]));
        log.mood = FakeLog.Mood.REFUSING;

        assertThatThrownBy(() -> documents.index(request("PUT", "{}", ""), new MockHttpServletResponse(), "books", "1"))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.LOG_UNAVAILABLE));
    }

    @Test
    void moreWritesThanCanEverWaitAreTooLargeARequest() {
        assertMistake(() -> bulk("{\"index\":{}}\n{\"a\":1}\n".repeat(101)), ErrorCode.CONTENT_TOO_LARGE, "[100]");
        assertThat(outcomes.reserved()).isZero();
        assertThat(created).hasValue(0);
    }

    @Test
    void moreWritesThanCopiesCouldRecogniseAreNotTakenUnderAKey() {
        WriteRequest write = new WriteRequest(WriteKind.DELETE, "books", "1", null, null, new WriteContent.Nothing());
        assertMistake(
                () -> ingest.write(
                        Collections.nCopies(10_001, write),
                        new IdempotencyKey("somebody", "once"),
                        Duration.ofSeconds(1),
                        Refresh.LATER),
                ErrorCode.CONTENT_TOO_LARGE,
                "[10000]");
        assertThat(outcomes.reserved()).isZero();
    }

    @Test
    void moreWritesThanMayWaitNowAreRefusedForNow() {
        outcomes.reserve(60);
        assertMistake(
                () -> bulk("{\"index\":{}}\n{\"a\":1}\n".repeat(41)), ErrorCode.TOO_MANY_REQUESTS, "too many writes");
        outcomes.release(60);
        assertThat(outcomes.reserved()).isZero();
    }

    @Test
    void anIndexThatCannotBeCreatedIsTriedOnceARequest() throws Exception {
        String body =
                "{\"index\":{\"_index\":\"large\"}}\n{\"a\":1}\n{\"delete\":{\"_index\":\"large\",\"_id\":\"1\"}}\n"
                        .repeat(10);
        catalog.create(
                new IndexName("books"),
                IndexDefinition.parse("{\"settings\":{\"number_of_shards\":100}}".getBytes(StandardCharsets.UTF_8)));
        JsonNode answer = bulk(body);

        assertThat(created).as("books, and one attempt").hasValue(2);
        assertThat(statuses(answer)).hasSize(20).containsOnly(400, 404);
    }

    @Test
    void afterTheFirstRecordWithoutRoomTheLogIsLeftInPeace() throws Exception {
        log.room = 3;
        JsonNode answer = bulk("{\"index\":{}}\n{\"a\":1}\n".repeat(50));

        assertThat(statuses(answer)).startsWith(201, 201, 201, 503).hasSize(50);
        assertThat(statuses(answer).subList(3, 50)).containsOnly(503);
        assertThat(log.appends).isEqualTo(4);
        assertThat(outcomes.reserved()).isZero();
    }

    @Test
    void pastTheDeadlineTheRestIsRefusedUnsent() throws Exception {
        bulk("{\"index\":{}}\n{\"a\":1}\n");
        log.onAppend = () -> later.addAndGet(Duration.ofSeconds(4).toNanos());
        JsonNode answer = bulk("{\"index\":{}}\n{\"a\":1}\n".repeat(10), "timeout=6s");

        assertThat(statuses(answer)).containsExactly(201, 201, 503, 503, 503, 503, 503, 503, 503, 503);
        assertThat(answer.at("/items/9/index/error/reason").asString()).contains("nothing of it was written");
    }

    @Test
    void anEmptyRoutingIsNone() throws Exception {
        catalog.create(
                new IndexName("books"),
                IndexDefinition.parse("{\"settings\":{\"number_of_shards\":8}}".getBytes(StandardCharsets.UTF_8)));
        MockHttpServletRequest request = request("PUT", "{}", "");
        request.setQueryString("routing=");
        request.addParameter("routing", "");
        documents.index(request, new MockHttpServletResponse(), "books", "1");

        List<LogRecord> shard = log.partitions.getOrDefault(Routing.shard("1", 8), List.of());
        assertThat(shard.getLast().getOperation().getId()).isEqualTo("1");
        assertThat(shard.getLast().getOperation().getRouting()).isEmpty();
    }

    @Test
    void onlyCopiesKnownToHaveAppliedAreCounted() throws Exception {
        applied = new long[] {0, 0};
        assertThat(bulk("{\"index\":{}}\n{\"a\":1}\n")
                        .at("/items/0/index/_shards")
                        .toString())
                .isEqualTo("{\"total\":2,\"successful\":1,\"failed\":0}");
    }

    @Test
    void aRefreshThatFailedIsNotToldAsDone() throws Exception {
        String body = "{\"index\":{}}\n{\"a\":1}\n";
        assertThat(bulk(body, "refresh=true")
                        .at("/items/0/index/forced_refresh")
                        .booleanValue())
                .isTrue();
        failedRefreshes = 1;
        assertThat(bulk(body, "refresh=true").at("/items/0/index").has("forced_refresh"))
                .isFalse();
    }

    @Test
    void aRefreshThatWasAwaitedIsForcedOnlyWhereTooManyWaited() throws Exception {
        String body = "{\"index\":{}}\n{\"a\":1}\n";
        assertThat(bulk(body, "refresh=wait_for").at("/items/0/index").has("forced_refresh"))
                .isFalse();
        assertThat(refreshed).hasSize(1);
        crowded = true;
        assertThat(bulk(body, "refresh=wait_for")
                        .at("/items/0/index/forced_refresh")
                        .booleanValue())
                .isTrue();
        assertMistake(
                () -> bulk(body, "refresh=soon"), ErrorCode.ILLEGAL_ARGUMENT, "Unknown value for refresh: [soon]");
    }

    @Test
    void refreshAsksForTheLastRecordOfEachShard() throws Exception {
        bulk("{\"index\":{}}\n{\"a\":1}\n{\"index\":{}}\n{\"a\":2}\n", "refresh=true");

        assertThat(refreshed)
                .singleElement()
                .satisfies(target -> assertThat(target.lastOffset())
                        .isEqualTo(log.partitions.getOrDefault(0, List.of()).size() - 1));
    }

    @Test
    void theSameIdempotencyKeyGivesTheSameIdsAndOperations() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int sent = 0; sent < 2; sent++) {
            MockHttpServletRequest request = request("POST", "{\"index\":{}}\n{\"a\":1}\n", "");
            name(request, "eve", "load-17");
            ids.add(json(bulk.bulk(request, new MockHttpServletResponse(), "books"))
                    .at("/items/0/index/_id")
                    .asString());
        }
        assertThat(ids.getFirst()).isEqualTo(ids.getLast()).hasSize(20);
        List<LogRecord> operations = log.partitions.getOrDefault(0, List.of()).stream()
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
                MockHttpServletRequest request = request("POST", "{\"index\":{}}\n{\"a\":1}\n", "");
                name(request, caller, caller.equals("ev") ? "e17" : "17");
                bulk.bulk(request, new MockHttpServletResponse(), index);
                operations.add(log.partitions
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

    private static void name(MockHttpServletRequest request, String caller, String key) {
        request.addHeader("Idempotency-Key", key);
        request.setAttribute(Callers.ATTRIBUTE, new Caller(caller, Set.of("write"), Instant.MAX, "token"));
    }

    @Test
    void mistakesAreToldAsOpenSearchTellsThem() {
        assertMistake(() -> bulk(""), ErrorCode.PARSING, "request body is required");
        assertMistake(() -> bulk("{\"index\":{}}\n{}"), ErrorCode.ILLEGAL_ARGUMENT, "must be terminated by a newline");
        assertMistake(
                () -> bulk("{\"index\":{}}\n{}\n", "nonsense=1"),
                ErrorCode.ILLEGAL_ARGUMENT,
                "request [/books/_bulk] contains unrecognized parameter: [nonsense]");
        assertMistake(() -> bulk("x".repeat(70_000)), ErrorCode.CONTENT_TOO_LARGE, "65536");
        assertMistake(
                () -> documents.index(
                        request("PUT", "{}", ""), new MockHttpServletResponse(), "books", "x".repeat(513)),
                ErrorCode.ACTION_REQUEST_VALIDATION,
                "is too long, must be no longer than 512 bytes but was: 513");
        assertMistake(
                () -> documents.index(
                        request("PUT", "{}", "routing=" + "x".repeat(513)),
                        new MockHttpServletResponse(),
                        "books",
                        "1"),
                ErrorCode.ACTION_REQUEST_VALIDATION,
                "is too long, must be no longer than 512 bytes but was: 513");
        assertMistake(
                () -> documents.index(
                        request("PUT", "{}", "timeout=200000d"), new MockHttpServletResponse(), "books", "1"),
                ErrorCode.ILLEGAL_ARGUMENT,
                "longer than [3650d]");
        assertMistake(
                () -> documents.index(request("PUT", "", ""), new MockHttpServletResponse(), "books", "1"),
                ErrorCode.PARSING,
                "required");
        assertMistake(
                () -> documents.index(request("PUT", "{}", ""), new MockHttpServletResponse(), "Books", "1"),
                ErrorCode.INVALID_INDEX_NAME,
                "must be lowercase");
        assertMistake(
                () -> documents.delete(request("DELETE", "", ""), new MockHttpServletResponse(), "missing", "1"),
                ErrorCode.INDEX_NOT_FOUND,
                "no such index [missing]");
        assertMistake(
                () -> documents.index(request("PUT", "{}", "if_seq_no=1"), new MockHttpServletResponse(), "books", "1"),
                ErrorCode.ACTION_REQUEST_VALIDATION,
                "primary term");
        assertMistake(
                () -> documents.index(
                        request("PUT", "{}", "require_alias=true"), new MockHttpServletResponse(), "books", "1"),
                ErrorCode.ILLEGAL_ARGUMENT,
                "[require_alias] is not supported");
    }

    private interface Call {
        Object make() throws Exception;
    }

    private static void assertMistake(Call call, ErrorCode code, String words) {
        assertThatThrownBy(call::make)
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private JsonNode bulk(String body) throws Exception {
        return bulk(body, "");
    }

    private JsonNode bulk(String body, String query) throws Exception {
        return json(bulk.bulk(request("POST", body, query), new MockHttpServletResponse(), "books"));
    }

    private static List<Integer> statuses(JsonNode answer) {
        List<Integer> statuses = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            statuses.add(item.iterator().next().path("status").intValue());
        }
        return statuses;
    }

    private static JsonNode json(ResponseEntity<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.getBody());
    }

    private static MockHttpServletRequest request(String method, String body, String query) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/books/_bulk");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        if (!query.isEmpty()) {
            request.setQueryString(query);
            for (String pair : query.split("&")) {
                request.addParameter(pair.split("=")[0], pair.split("=")[1]);
            }
        }
        return request;
    }
}
