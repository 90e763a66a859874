package io.elpis.index.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.record.LogRecord;
import io.elpis.support.topology.NodeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ApplyLogicAnnouncerTest {
    private static final IndexUuid INDEX = new IndexUuid(new UUID(1, 2));
    private static final LogPartition FIRST = new LogPartition("topic", 0, 1);
    private static final LogPartition SECOND = new LogPartition("topic", 1, 1);

    private final List<LogPartition> appended = new ArrayList<>();
    private final List<LogRecord> records = new ArrayList<>();
    private final List<NodeView> nodes = new ArrayList<>();
    private boolean refusing;
    private final ApplyLogicAnnouncer announcer =
            new ApplyLogicAnnouncer(new Log(), Duration.ofSeconds(5), () -> nodes);

    @Test
    void aPartitionIsRaisedOnceHoweverManyUpdatesCome() {
        nodes.add(KnownNode.of("query-1", 2));
        announcer.allowUpdates(INDEX, List.of(FIRST));
        announcer.allowUpdates(INDEX, List.of(FIRST, SECOND));
        announcer.allowUpdates(INDEX, List.of(SECOND));

        assertThat(appended).containsExactly(FIRST, SECOND);
        assertThat(records).allSatisfy(record -> {
            assertThat(record.getApplyLogic().getVersion()).isEqualTo(2);
            assertThat(record.getIndexUuid().toByteArray()).isEqualTo(INDEX.bytes());
            assertThat(record.getFormatVersion()).isEqualTo(RecordFormat.VERSION);
        });
    }

    @Test
    void anOlderNodeForbidsRaisingAndIsNamed() {
        nodes.add(KnownNode.of("query-1", 2));
        nodes.add(KnownNode.of("query-2", 0));
        assertFailure(ErrorCode.ILLEGAL_ARGUMENT, "node [query-2]");
        assertThat(appended).isEmpty();
        nodes.set(1, KnownNode.of("query-2", 3));
        announcer.allowUpdates(INDEX, List.of(FIRST));
        assertThat(appended).containsExactly(FIRST);
    }

    @Test
    void withoutAnyNodeNothingIsRaised() {
        assertFailure(ErrorCode.SERVICE_UNAVAILABLE, "no query node is known");
        assertThat(appended).isEmpty();
    }

    @Test
    void whatIsRaisedNeedsNoNodesAnyMore() {
        nodes.add(KnownNode.of("query-1", 2));
        announcer.allowUpdates(INDEX, List.of(FIRST));
        nodes.clear();
        announcer.allowUpdates(INDEX, List.of(FIRST));
        assertThat(appended).hasSize(1);
    }

    @Test
    void whatTheLogRefusedIsTriedAgain() {
        nodes.add(KnownNode.of("query-1", 2));
        refusing = true;
        assertFailure(ErrorCode.LOG_UNAVAILABLE, "the version of the apply logic");
        refusing = false;
        announcer.allowUpdates(INDEX, List.of(FIRST));
        assertThat(appended).containsExactly(FIRST, FIRST);
    }

    @Test
    void indicesThatAreGoneAreForgotten() {
        nodes.add(KnownNode.of("query-1", 2));
        announcer.allowUpdates(INDEX, List.of(FIRST, SECOND));
        assertThat(announcer.partitions()).isEqualTo(2);
        announcer.forget("topic");
        assertThat(announcer.partitions()).isZero();
    }

    private void assertFailure(ErrorCode code, String words) {
        assertThatThrownBy(() -> announcer.allowUpdates(INDEX, List.of(FIRST)))
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private final class Log implements RecordLog {
        @Override
        public void append(LogPartition to, byte[] key, LogRecord record, Confirmation confirmed) {
            appended.add(to);
            records.add(record);
            if (refusing) {
                confirmed.refused(new ElpisException(ErrorCode.LOG_UNAVAILABLE, "refused"));
            } else {
                confirmed.stored(records.size());
            }
        }

        @Override
        public void checkAvailable() {}
    }
}
