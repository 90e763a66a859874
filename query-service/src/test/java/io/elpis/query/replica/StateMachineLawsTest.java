package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.elpis.protocol.record.Condition;
import io.elpis.protocol.record.ExternalVersion;
import io.elpis.protocol.record.SeqNoCondition;
import io.elpis.protocol.record.UpdateAction;
import io.elpis.query.replica.DocumentOutcome.Result;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;

/**
 * However a log is cut into batches, refreshes, commits and crashes, and on however many copies: same state, same outcomes,
 * same documents, same digests at the same marks; and the digest is that of the documents.
 */
final class StateMachineLawsTest {
    private static final int RUNS = 40;
    private static final int COPIES = 3;

    /** Small, so that eviction is at work too. */
    private static final ApplyLogic LOGIC = new ApplyLogic(2, 60);

    private static final CopySettings SETTINGS = new CopySettings(1 << 20, 4_000);

    @Test
    void anyCutOfAnyLogGivesTheSameCopy() throws IOException {
        Set<Result> seen = EnumSet.noneOf(Result.class);
        for (int run = 0; run < RUNS; run++) {
            long seed = Long.getLong("elpis.seed", 20_260 + run);
            Random random = new Random(seed);
            TestLog log = randomLog(random, 50 + random.nextInt(200));
            CopyContent expected = appliedAtOnce(log);
            expected.state()
                    .outcomes()
                    .forEach(entry -> seen.add(entry.outcome().result()));
            for (int copy = 0; copy < COPIES; copy++) {
                assertThat(appliedInPieces(log, random))
                        .as("seed " + seed + ", copy " + copy)
                        .isEqualTo(expected);
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(Result.values());
    }

    private static CopyContent appliedAtOnce(TestLog log) throws IOException {
        try (ShardCopy copy = open(CrashingDirectory.newDisk())) {
            copy.apply(log.entries());
            return CopyContent.of(copy);
        }
    }

    private static CopyContent appliedInPieces(TestLog log, Random random) throws IOException {
        Directory disk = CrashingDirectory.newDisk();
        CrashingDirectory power = new CrashingDirectory(disk);
        ShardCopy copy = open(power);
        while (copy.nextOffset() < log.end()) {
            int from = (int) copy.nextOffset();
            int overlap = Math.max(0, from - random.nextInt(3));
            int to = Math.min((int) log.end(), from + 1 + random.nextInt(25));
            List<LogEntry> batch = log.entries().subList(overlap, to);
            copy.apply(batch);
            switch (random.nextInt(6)) {
                case 0 -> copy.commit();
                case 1, 2 -> copy.refresh();
                case 3 -> {
                    copy.close();
                    power = new CrashingDirectory(power.diskAfterPowerLoss(random.nextBoolean()));
                    copy = open(power);
                }
                default -> {}
            }
        }
        try (ShardCopy last = copy) {
            return CopyContent.of(last);
        }
    }

    static TestLog randomLog(Random random, int records) {
        TestLog log = new TestLog().mapping(1);
        while (log.end() < records) {
            String id = "id" + random.nextInt(20);
            switch (random.nextInt(25)) {
                case 0, 1, 2 -> log.index(id, "title " + random.nextInt(5));
                case 3, 4 -> log.create(id, "created");
                case 5, 6 -> log.delete(id);
                case 7 -> log.again(random.nextInt((int) log.end()));
                case 8 -> log.mapping(random.nextInt(12));
                case 9 -> log.unknownField(id);
                case 10 -> log.dropTombstones(random.nextInt(records));
                case 11 -> log.indexIf(id, "external", external(random));
                case 12 -> log.indexIf(id, "seq", seqNo(random, records));
                case 13, 14, 15, 16, 17, 18 -> log.update(id, update(random));
                case 19 -> log.updateIf(id, update(random), seqNo(random, records));
                case 20 -> log.applyLogic(1 + random.nextInt(2));
                case 21, 22 -> log.mark();
                case 23 -> log.routed(id, "routed " + random.nextInt(3), "r" + random.nextInt(3));
                default -> log.garbage();
            }
        }
        return log;
    }

    private static UpdateAction.Builder update(Random random) {
        UpdateAction.Builder update =
                UpdateAction.newBuilder().setDetectNoop(random.nextInt(3) > 0).setDocAsUpsert(random.nextInt(4) == 0);
        if (random.nextInt(20) > 0) {
            update.setDoc(partial(random));
        }
        if (random.nextInt(3) == 0) {
            update.setUpsert(partial(random));
        }
        return update;
    }

    /** What fits, what fits some mappings, and what fits none. */
    private static ByteString partial(Random random) {
        return ByteString.copyFromUtf8(
                switch (random.nextInt(12)) {
                    case 0 -> "{ \"size\" : " + random.nextInt(3) + ".0 }";
                    case 1 -> "{\"meta\":{\"color\":\"c" + random.nextInt(3) + "\"}}";
                    case 2 -> "{\"meta\":{\"none\":null}}";
                    case 3 -> "{\"unknown\":" + random.nextInt(2) + "}";
                    case 4 -> "{\"title\":{\"no\":\"text\"}}";
                    case 5 -> "[7]";
                    case 6 -> "{}";
                    default -> "{\"title\":\"title " + random.nextInt(3) + "\"}";
                });
    }

    private static Condition external(Random random) {
        return Condition.newBuilder()
                .setExternal(ExternalVersion.newBuilder()
                        .setVersion(random.nextInt(10))
                        .setOrEqual(random.nextBoolean()))
                .build();
    }

    private static Condition seqNo(Random random, int records) {
        return Condition.newBuilder()
                .setSeqNo(SeqNoCondition.newBuilder()
                        .setSeqNo(random.nextInt(records))
                        .setPrimaryTerm(1))
                .build();
    }

    private static ShardCopy open(Directory directory) throws IOException {
        return ShardCopy.open(directory, TestLog.IDENTITY, SETTINGS, TestLog.SCHEMAS, LOGIC);
    }
}
