package io.elpis.index.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.TestCatalogs;
import io.elpis.index.log.KnownNode;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.log.RecordLog;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.CopyState;
import io.elpis.protocol.node.NodeState;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.Position;
import io.elpis.support.topology.NodeView;
import io.elpis.support.topology.ShardMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TombstoneSweeperTest {
    private static final long DISTANCE = 100;

    private final List<LogRecord> appended = new ArrayList<>();
    private boolean refusing;
    private boolean leading = true;
    private ShardMap map = ShardMap.EMPTY;
    private final RecordLog log = new RecordLog() {
        @Override
        public void append(LogPartition to, byte[] key, LogRecord record, Confirmation confirmed) {
            if (refusing) {
                confirmed.refused(new ElpisException(ErrorCode.LOG_UNAVAILABLE, "silent"));
            } else {
                if (record.hasDropTombstones()) {
                    appended.add(record);
                }
                confirmed.stored(appended.size());
            }
        }

        @Override
        public void checkAvailable() {}
    };
    private final Catalog catalog = TestCatalogs.catalog(new MappingAnnouncer(log, Duration.ofSeconds(1)));
    private final TombstoneSweeper sweeper =
            new TombstoneSweeper(() -> leading, catalog.view(), () -> map, log, new TombstoneProperties(DISTANCE));
    private ShardId shard;
    private long generation;

    @BeforeEach
    void create() {
        TestCatalogs.empty();
        catalog.create(new IndexName("books"), IndexDefinition.parse(new byte[0]));
        shard = catalog.get("books").metadata().shard(0);
        generation = catalog.get("books").logs().getFirst().generation();
    }

    @AfterEach
    void close() {
        sweeper.close();
    }

    private CopyState copy(CopyState.State state, long itsGeneration, long nextSeqNo, long firstTombstone) {
        return CopyState.newBuilder()
                .setShard(ShardWire.write(shard))
                .setState(state)
                .setApplied(Position.newBuilder().setGeneration(itsGeneration))
                .setNextSeqNo(nextSeqNo)
                .setFirstTombstone(firstTombstone)
                .build();
    }

    private void copies(CopyState... states) {
        List<NodeView> nodes = new ArrayList<>();
        for (CopyState state : states) {
            nodes.add(NodeView.of(
                    new KnownNode("query-" + nodes.size()),
                    NodeState.newBuilder().addCopies(state).build()));
        }
        map = ShardMap.of(nodes);
    }

    private List<Long> swept() {
        sweeper.sweep();
        return appended.stream()
                .map(record -> record.getDropTombstones().getUpToSeqNo())
                .toList();
    }

    @Test
    void tombstonesGoByDistanceAndOneRecordIsForManyOfThem() {
        copies(copy(CopyState.State.SERVING, generation, 199, 0));
        assertThat(swept()).isEmpty();
        copies(copy(CopyState.State.SERVING, generation, 200, 0), copy(CopyState.State.SERVING, generation, 150, 0));
        assertThat(swept()).containsExactly(99L);
        assertThat(appended.getFirst().getIndexUuid().toByteArray())
                .isEqualTo(shard.index().bytes());
        copies(copy(CopyState.State.SERVING, generation, 299, 0));
        assertThat(swept()).as("copies have not told yet that they did it").hasSize(1);
        copies(copy(CopyState.State.SERVING, generation, 300, 100));
        assertThat(swept()).containsExactly(99L, 199L);
    }

    @Test
    void anotherAllocatorGoesOnWhereCopiesAre() {
        copies(copy(CopyState.State.SERVING, generation, 460, 300));
        assertThat(swept()).isEmpty();
        copies(copy(CopyState.State.SERVING, generation, 500, 300));
        assertThat(swept()).containsExactly(399L);
    }

    @Test
    void onlyTheAllocatorInOfficeAppendsAndOnlyForCopiesThatServe() {
        copies(
                copy(CopyState.State.RECOVERING, generation, 1_000, 0),
                copy(CopyState.State.SERVING, generation + 1, 1_000, 0));
        assertThat(swept()).isEmpty();
        copies(copy(CopyState.State.SERVING, generation, 1_000, 0));
        leading = false;
        assertThat(swept()).isEmpty();
    }

    @Test
    void whatTheLogRefusedIsTriedAgain() {
        copies(copy(CopyState.State.SERVING, generation, 200, 0));
        refusing = true;
        assertThat(swept()).isEmpty();
        refusing = false;
        assertThat(swept()).containsExactly(99L);
    }
}
