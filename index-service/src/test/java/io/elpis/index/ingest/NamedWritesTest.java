package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.TestCatalogs;
import io.elpis.index.ingest.NamedWrites.Action;
import io.elpis.index.ingest.NamedWrites.Guard;
import io.elpis.index.ingest.NamedWrites.Order;
import io.elpis.index.ingest.NamedWrites.Result;
import io.elpis.index.log.ApplyLogicAnnouncer;
import io.elpis.index.log.KnownNode;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.outcome.OutcomeProperties;
import io.elpis.index.outcome.OutcomeTracker;
import io.elpis.index.refresh.Refresher;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.Outcome;
import io.elpis.protocol.session.LogPosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

final class NamedWritesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final IngestProperties PROPERTIES =
            new IngestProperties(DataSize.ofKilobytes(64), true, TIMEOUT, TIMEOUT);

    private final FakeLog log = new FakeLog();
    private final MappingAnnouncer announcer = new MappingAnnouncer(log, Duration.ofSeconds(1));
    private final Catalog catalog = TestCatalogs.catalog(announcer, () -> {});
    private final Ingest ingest = new Ingest(
            catalog,
            new Preparation(
                    catalog,
                    announcer,
                    new ApplyLogicAnnouncer(log, Duration.ofSeconds(1), () -> List.of(KnownNode.of("query-1", 2))),
                    new ParsedRoom(1 << 20),
                    InstantSource.system()),
            log,
            new OutcomeTracker(log, new OutcomeProperties(100, Duration.ofSeconds(1), Duration.ofSeconds(1))),
            (targets, _, _) -> new Refresher.Refreshed(targets.size(), 0, targets.size()),
            (_, _) -> new long[0],
            new OpIds(new UUID(1, 2)),
            PROPERTIES,
            System::nanoTime);
    private final NamedWrites writes = new NamedWrites(ingest);

    @BeforeEach
    void empty() {
        TestCatalogs.empty();
    }

    private static Order index(String name, String id, Guard guard) {
        return new Order(name, Action.INDEX, id, null, "{\"a\":1}".getBytes(StandardCharsets.UTF_8), guard);
    }

    private List<DocumentOperation> operations() {
        return log.partitions.values().stream()
                .flatMap(List::stream)
                .filter(LogRecord::hasOperation)
                .map(LogRecord::getOperation)
                .toList();
    }

    /** Of the only shard's log. */
    private long operationsEnd() {
        return Objects.requireNonNull(log.partitions.get(0)).size();
    }

    @Test
    void aNameNamesOneOperationWhoeverSendsItAndWherever() {
        CatalogIndex books = catalog.getOrCreate("books");
        writes.write("books", books.uuid(), List.of(index("n1", "1", new Guard.None())), TIMEOUT);
        writes.write(
                "books",
                books.uuid(),
                List.of(index("n2", "2", new Guard.None()), index("n1", "1", new Guard.None())),
                TIMEOUT);
        List<DocumentOperation> sent = operations();
        assertThat(sent).hasSize(3);
        assertThat(sent.get(2).getOpId()).isEqualTo(sent.get(0).getOpId());
        assertThat(sent.get(1).getOpId()).isNotEqualTo(sent.get(0).getOpId());
    }

    @Test
    void guardsBecomeConditions() {
        CatalogIndex books = catalog.getOrCreate("books");
        List<Result> results = writes.write(
                        "books",
                        books.uuid(),
                        List.of(
                                index("n1", "1", new Guard.Unchanged(7, 1)),
                                index("n2", "2", new Guard.Version(9, "external_gte")),
                                index("n3", "3", new Guard.None())),
                        TIMEOUT)
                .results();
        assertThat(operations().get(0).getCondition().getSeqNo().getSeqNo()).isEqualTo(7);
        assertThat(operations().get(1).getCondition().getExternal().getVersion())
                .isEqualTo(9);
        assertThat(operations().get(1).getCondition().getExternal().getOrEqual())
                .isTrue();
        assertThat(operations().get(2).hasCondition()).isFalse();
        assertThat(results.get(0))
                .isInstanceOfSatisfying(
                        Result.Applied.class,
                        applied -> assertThat(applied.outcome().getResult()).isEqualTo(Outcome.Result.CONFLICT));
    }

    @Test
    void updatesAreMergedWhereTheyAreApplied() {
        CatalogIndex books = catalog.getOrCreate("books");
        byte[] partial = "{\"fresh\": 1 }".getBytes(StandardCharsets.UTF_8);
        Guard unchanged = new Guard.Unchanged(7, 1);
        writes.write(
                "books",
                books.uuid(),
                List.of(
                        new Order("n1", Action.UPDATE, "1", "r", partial, unchanged),
                        new Order("n2", Action.UPDATE_ALWAYS, "2", null, partial, unchanged)),
                TIMEOUT);
        assertThat(operations()).hasSize(2).allSatisfy(operation -> {
            assertThat(operation.getUpdate().getDoc().toStringUtf8()).isEqualTo("{\"fresh\": 1 }");
            assertThat(operation.getUpdate().getDocAsUpsert()).isFalse();
            assertThat(operation.getCondition().getSeqNo().getSeqNo()).isEqualTo(7);
        });
        assertThat(operations().get(0).getRouting()).isEqualTo("r");
        assertThat(operations().get(0).getUpdate().getDetectNoop()).isTrue();
        assertThat(operations().get(1).getUpdate().getDetectNoop()).isFalse();
        assertThat(catalog.get("books").mapping().field("fresh")).isNotNull();
    }

    @Test
    void whatDoesNotFitIsToldAhead() {
        CatalogIndex books = catalog.getOrCreate("books");
        writes.write("books", books.uuid(), List.of(index("n1", "1", new Guard.None())), TIMEOUT);
        CatalogIndex known = catalog.get("books");
        NamedWrites.checkFits(known, "{\"fresh\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(catalog.get("books").mapping().field("fresh")).isNull();
        unfit(known, "{\"a\":\"x\"}", "failed to parse field [a]");
        unfit(known, "{\"_id\":\"x\"}", "Field [_id] is a metadata field");
    }

    private static void unfit(CatalogIndex index, String partial, String reason) {
        assertThatThrownBy(() -> NamedWrites.checkFits(index, partial.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(ElpisException.class, refusal -> {
                    assertThat(refusal.code().httpStatus()).isEqualTo(400);
                    assertThat(refusal.reason()).contains(reason);
                });
    }

    @Test
    void whoWroteKnowsHowFarTheLogIsBehindTheWrites() {
        CatalogIndex books = catalog.getOrCreate("books");
        List<Order> orders = List.of(index("n1", "1", new Guard.None()), index("n2", "1", new Guard.None()));
        NamedWrites.Written written = writes.write("books", books.uuid(), orders, TIMEOUT);
        assertThat(written.seen().values()).containsExactly(new LogPosition(1, operationsEnd()));
    }

    @Test
    void anIndexOfTheSameNameIsAnother() {
        CatalogIndex books = catalog.getOrCreate("books");
        catalog.delete(books);
        List<Order> orders = List.of(index("n1", "1", new Guard.None()));
        refused(writes.write("books", books.uuid(), orders, TIMEOUT).results());
        assertThat(catalog.find("books")).isEmpty();
        catalog.getOrCreate("books");
        refused(writes.write("books", books.uuid(), orders, TIMEOUT).results());
        assertThat(operations()).isEmpty();
    }

    private static void refused(List<Result> results) {
        assertThat(results).singleElement().isInstanceOfSatisfying(Result.Refused.class, refused -> {
            ElpisException reason = refused.reason();
            assertThat(reason.code()).isEqualTo(ErrorCode.INDEX_NOT_FOUND);
        });
    }
}
