package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.TestCatalogs;
import io.elpis.index.log.ApplyLogicAnnouncer;
import io.elpis.index.log.KnownNode;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.outcome.OutcomeProperties;
import io.elpis.index.outcome.OutcomeTracker;
import io.elpis.index.refresh.Refresher;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexName;
import io.elpis.protocol.record.Condition;
import io.elpis.protocol.record.DeleteAction;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.ExternalVersion;
import io.elpis.protocol.record.IndexAction;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.UpdateAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

final class ReplaysTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FakeLog log = new FakeLog();
    private final MappingAnnouncer mappings = new MappingAnnouncer(log, PATIENCE);
    private final Catalog catalog = TestCatalogs.catalog(mappings);
    private final CopyProgress copies = (_, _) -> new long[] {1_000};
    private final Ingest ingest = new Ingest(
            catalog,
            new Preparation(
                    catalog,
                    mappings,
                    new ApplyLogicAnnouncer(log, PATIENCE, () -> List.of(KnownNode.of("query-1", 2))),
                    new ParsedRoom(1 << 20),
                    InstantSource.system()),
            log,
            new OutcomeTracker(log, new OutcomeProperties(100, Duration.ofSeconds(1), Duration.ofSeconds(1))),
            (targets, _, _) -> new Refresher.Refreshed(targets.size(), 0, targets.size()),
            copies,
            new OpIds(new UUID(1, 2)),
            new IngestProperties(DataSize.ofKilobytes(64), true, PATIENCE, PATIENCE),
            System::nanoTime);
    private final Replays replays = new Replays(new SingleWrites(ingest, copies));

    @BeforeEach
    void create() {
        TestCatalogs.empty();
        catalog.create(
                new IndexName("books"),
                IndexDefinition.parse("{\"mappings\":{\"properties\":{\"n\":{\"type\":\"long\"}}}}"
                        .getBytes(StandardCharsets.UTF_8)));
    }

    private ResponseEntity<byte[]> replay(String name, DocumentOperation.Builder operation) {
        CatalogIndex index = catalog.get("books");
        return replays.write(
                index,
                name,
                operation.build(),
                new MockHttpServletRequest("POST", "/_elpis/dead-letters/" + name + "/_replay"),
                new MockHttpServletResponse());
    }

    private static DocumentOperation.Builder document(String source) {
        return DocumentOperation.newBuilder()
                .setId("1")
                .setRouting("here")
                .setIndex(IndexAction.newBuilder().setSource(ByteString.copyFromUtf8(source)));
    }

    private List<DocumentOperation> operations() {
        return log.partitions.values().stream()
                .flatMap(List::stream)
                .filter(LogRecord::hasOperation)
                .map(LogRecord::getOperation)
                .toList();
    }

    @Test
    void aDocumentIsParsedAgainAndWrittenAsItsCallerWantedIt() {
        assertThat(replay("x.0.1.7", document("{\"n\":7}")).getStatusCode().value())
                .isEqualTo(201);
        DocumentOperation written = operations().getFirst();
        assertThat(written.getId()).isEqualTo("1");
        assertThat(written.getRouting()).isEqualTo("here");
        assertThat(written.getIndex().getFields(0).getWholesList()).containsExactly(7L);
        assertThat(written.getMappingVersion())
                .isEqualTo(catalog.get("books").mapping().version());
    }

    @Test
    void aRecordHasOneNameHoweverOftenItIsReplayed() {
        replay("x.0.1.7", document("{\"n\":7}"));
        replay("x.0.1.7", document("{\"n\":7}"));
        replay("x.0.1.8", document("{\"n\":7}"));
        List<DocumentOperation> all = operations();
        assertThat(all.get(0).getOpId()).isEqualTo(all.get(1).getOpId());
        assertThat(all.get(0).getOpId()).isNotEqualTo(all.get(2).getOpId());
    }

    @Test
    void conditionsStand() {
        Condition external = Condition.newBuilder()
                .setExternal(ExternalVersion.newBuilder().setVersion(5))
                .build();
        replay("a", document("{}").setCondition(external));
        assertThat(operations().getFirst().getCondition()).isEqualTo(external);

        DocumentOperation.Builder create =
                document("{}").setCondition(Condition.newBuilder().setAbsent(true));
        assertThatThrownBy(() -> replay("b", create))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.VERSION_CONFLICT));
        assertThat(operations().getLast().getCondition().getAbsent()).isTrue();
    }

    @Test
    void deletesAndUpdatesAreReplayedToo() {
        replay("a", document("{\"n\":1}"));
        DocumentOperation.Builder update = DocumentOperation.newBuilder()
                .setId("1")
                .setRouting("here")
                .setUpdate(UpdateAction.newBuilder()
                        .setDoc(ByteString.copyFromUtf8("{\"n\":2}"))
                        .setDetectNoop(true));
        assertThat(replay("b", update).getStatusCode().value()).isEqualTo(200);
        assertThat(operations().getLast().getUpdate()).isEqualTo(update.getUpdate());
        DocumentOperation.Builder delete = DocumentOperation.newBuilder()
                .setId("1")
                .setRouting("here")
                .setDelete(DeleteAction.getDefaultInstance());
        assertThat(replay("c", delete).getStatusCode().value()).isEqualTo(200);
    }

    @Test
    void whatStillDoesNotFitIsRefusedAndNotWritten() {
        assertThatThrownBy(() -> replay("a", document("{\"n\":\"no number\"}"))).isInstanceOf(ElpisException.class);
        assertThatThrownBy(() -> replay("b", DocumentOperation.newBuilder().setId("1")))
                .isInstanceOf(ElpisException.class)
                .hasMessageContaining("no action");
        assertThat(operations()).isEmpty();
    }
}
