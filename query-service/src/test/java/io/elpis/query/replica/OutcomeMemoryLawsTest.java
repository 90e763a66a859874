package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.OpId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who asks for an operation is told its first outcome, or that its record is before the window. */
final class OutcomeMemoryLawsTest {
    private static final ApplyLogic LOGIC = new ApplyLogic(2, 60);

    @Test
    void anOperationIsRememberedForAsLongAsTheWindowReaches() throws IOException {
        int forgotten = 0;
        for (int run = 0; run < 20; run++) {
            long seed = Long.getLong("elpis.seed", 7_000 + run);
            Random random = new Random(seed);
            TestLog log = StateMachineLawsTest.randomLog(random, 50 + random.nextInt(200));
            CrashingDirectory disk = new CrashingDirectory(CrashingDirectory.newDisk());
            Directory committed;
            Map<OpId, DocumentOutcome> first = new HashMap<>();
            Map<OpId, Long> last = new HashMap<>();
            try (ShardCopy copy = open(disk)) {
                for (LogEntry entry : log.entries()) {
                    copy.apply(List.of(entry));
                    OpId op = operation(entry);
                    if (op != null) {
                        PositionedOutcome now =
                                Objects.requireNonNull(copy.outcome(op).positioned());
                        boolean within = entry.offset() - last.getOrDefault(op, -1_000L) <= 60;
                        if (!within) {
                            first.put(op, now.outcome());
                        }
                        last.put(op, entry.offset());
                    }
                }
                copy.commit();
                committed = disk.synced();
            }
            try (ShardCopy again = open(committed)) {
                for (Map.Entry<OpId, DocumentOutcome> expected : first.entrySet()) {
                    FoundOutcome found = again.outcome(expected.getKey());
                    long offset = last.getOrDefault(expected.getKey(), -1L);
                    assertThat(found.nextOffset()).isEqualTo(log.end());
                    if (found.positioned() == null) {
                        forgotten++;
                        assertThat(found.windowStart()).as("seed " + seed).isGreaterThan(offset);
                    } else {
                        assertThat(found.windowStart()).as("seed " + seed).isLessThanOrEqualTo(offset);
                        assertThat(found.positioned())
                                .as("seed " + seed)
                                .isEqualTo(new PositionedOutcome(offset, expected.getValue()));
                    }
                }
            }
        }
        assertThat(forgotten).isPositive();
    }

    private static @Nullable OpId operation(LogEntry entry) {
        try {
            LogRecord record = LogRecord.parseFrom(entry.value());
            return record.hasOperation() ? record.getOperation().getOpId() : null;
        } catch (InvalidProtocolBufferException garbage) {
            return null;
        }
    }

    private static ShardCopy open(Directory directory) throws IOException {
        return ShardCopy.open(directory, TestLog.IDENTITY, CopySettings.DEFAULT, TestLog.SCHEMAS, LOGIC);
    }
}
