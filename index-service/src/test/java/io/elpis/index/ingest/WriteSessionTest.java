package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.TestCatalogs;
import io.elpis.index.log.ApplyLogicAnnouncer;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.outcome.OutcomeProperties;
import io.elpis.index.outcome.OutcomeTracker;
import io.elpis.index.refresh.Refresher;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.session.LogPosition;
import io.elpis.protocol.session.SessionToken;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

/** What writes tell their caller's session. */
final class WriteSessionTest {
    private static final IngestProperties PROPERTIES =
            new IngestProperties(DataSize.ofKilobytes(64), true, Duration.ofSeconds(5), Duration.ofSeconds(5));

    private final FakeLog log = new FakeLog();
    private final MappingAnnouncer announcer = new MappingAnnouncer(log, Duration.ofSeconds(1));
    private final Catalog catalog = TestCatalogs.catalog(announcer, () -> {});
    private final Ingest ingest = new Ingest(
            catalog,
            new Preparation(
                    catalog,
                    announcer,
                    new ApplyLogicAnnouncer(log, Duration.ofSeconds(1), List::of),
                    new ParsedRoom(1 << 20),
                    InstantSource.system()),
            log,
            new OutcomeTracker(log, new OutcomeProperties(100, Duration.ofSeconds(1), Duration.ofSeconds(1))),
            (targets, _, _) -> new Refresher.Refreshed(targets.size(), 0, 0),
            (_, _) -> new long[0],
            new OpIds(new UUID(1, 2)),
            PROPERTIES,
            System::nanoTime);
    private final DocumentEndpoint documents =
            new DocumentEndpoint(new SingleWrites(ingest, (_, _) -> new long[0]), PROPERTIES);
    private final BulkEndpoint bulk =
            new BulkEndpoint(ingest, PROPERTIES, (_, _) -> new long[0], new SimpleMeterRegistry());
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @BeforeEach
    void empty() {
        TestCatalogs.empty();
    }

    @Test
    void writeTellsThePositionBehindIt() throws Exception {
        documents.index(request("{}", null), response, "books", "1");
        assertThat(told(response).positions()).containsExactly(Map.entry(shard(), end()));
    }

    @Test
    void bulkTellsTheLastPositionOfEachShard() throws Exception {
        bulk.bulk(request("{\"index\":{}}\n{\"a\":1}\n{\"index\":{}}\n{\"a\":2}\n", null), response, "books");
        assertThat(told(response).positions()).containsExactly(Map.entry(shard(), end()));
    }

    @Test
    void whatTheCallerHadSeenIsKept() throws Exception {
        documents.index(request("{}", null), new MockHttpServletResponse(), "books", "1");
        ShardId other = new ShardId(shard().index(), 77);
        SessionToken before =
                SessionToken.EMPTY.with(Map.of(other, new LogPosition(4, 9), shard(), new LogPosition(1, 1_000_000)));
        documents.index(request("{}", before.text()), response, "books", "1");
        assertThat(told(response)).isEqualTo(before);
    }

    @Test
    void conflictIsSeenToo() throws Exception {
        documents.create(request("{}", null), new MockHttpServletResponse(), "books", "1");
        assertThatThrownBy(() -> documents.create(request("{}", null), response, "books", "1"))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.VERSION_CONFLICT));
        assertThat(told(response).positions()).containsExactly(Map.entry(shard(), end()));
    }

    @Test
    void undecidedWriteTellsWhereItIs() throws Exception {
        log.copies = false;
        var answer = documents.index(request("{}", null, "timeout=20ms"), response, "books", "1");
        assertThat(answer.getStatusCode().value()).isEqualTo(202);
        assertThat(told(response).positions()).containsExactly(Map.entry(shard(), end()));
    }

    @Test
    void writeOfWhichNothingIsKnownTellsNothingNew() throws Exception {
        documents.index(request("{}", null), new MockHttpServletResponse(), "books", "1");
        log.mood = FakeLog.Mood.SILENT;
        assertThat(documents
                        .delete(request("", null, "timeout=20ms"), response, "books", "1")
                        .getStatusCode()
                        .value())
                .isEqualTo(202);
        assertThat(told(response).isEmpty()).isTrue();
    }

    @Test
    void brokenTokenIsRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> documents.index(request("{}", "%%%"), response, "books", "1"))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT));
        assertThatThrownBy(() -> bulk.bulk(request("{\"index\":{}}\n{\"a\":1}\n", "%%%"), response, "books"))
                .isInstanceOf(ElpisException.class);
        assertThat(log.partitions).isEmpty();
    }

    private ShardId shard() {
        return catalog.get("books").metadata().shard(0);
    }

    private LogPosition end() {
        List<LogRecord> records = log.partitions.getOrDefault(0, List.of());
        return new LogPosition(catalog.get("books").logs().getFirst().generation(), records.size());
    }

    private static SessionToken told(MockHttpServletResponse response) {
        return SessionToken.parse(response.getHeader(SessionToken.HEADER));
    }

    private static MockHttpServletRequest request(String body, @Nullable String token) {
        return request(body, token, "");
    }

    private static MockHttpServletRequest request(String body, @Nullable String token, String query) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/books/_doc/1");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        if (token != null) {
            request.addHeader(SessionToken.HEADER, token);
        }
        if (!query.isEmpty()) {
            request.setQueryString(query);
            request.addParameter(query.split("=")[0], query.split("=")[1]);
        }
        return request;
    }
}
