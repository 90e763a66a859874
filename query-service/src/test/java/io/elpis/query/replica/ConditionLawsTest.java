package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.query.replica.ConditionModel.Rule;
import io.elpis.query.replica.ConditionModel.Rule.Create;
import io.elpis.query.replica.ConditionModel.Rule.External;
import io.elpis.query.replica.ConditionModel.Rule.ExternalOrEqual;
import io.elpis.query.replica.ConditionModel.Rule.None;
import io.elpis.query.replica.ConditionModel.Rule.SeqNo;
import io.elpis.query.replica.ConditionModel.Told;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Conditions are decided, and conflicts told, as a few lines of OpenSearch's rules say. */
final class ConditionLawsTest {
    private static final int RUNS = 30;
    private static final int RECORDS = 150;
    private static final String TITLE = "same";

    @Test
    void conditionsDecideWhatOpenSearchsDo() throws IOException {
        Set<String> met = new TreeSet<>();
        for (int run = 0; run < RUNS; run++) {
            long seed = Long.getLong("elpis.seed", 87_000 + run);
            Random random = new Random(seed);
            TestLog log = new TestLog().mapping(9).applyLogic(ApplyLogic.PARTIAL_UPDATES);
            ConditionModel model = new ConditionModel();
            for (int at = 0; at < RECORDS; at++) {
                operate(log, model, random);
            }
            assertSame(log, model, random, "seed " + seed);
            met.addAll(model.met());
        }
        assertThat(met)
                .containsExactlyInAnyOrder(
                        "Create of a document meets a conflict",
                        "Create of a tombstone goes ahead",
                        "Create of nothing goes ahead",
                        "External of a document goes ahead",
                        "External of a document meets a conflict",
                        "External of a tombstone goes ahead",
                        "External of a tombstone meets a conflict",
                        "External of nothing goes ahead",
                        "ExternalOrEqual of a document goes ahead",
                        "ExternalOrEqual of a document meets a conflict",
                        "ExternalOrEqual of a tombstone goes ahead",
                        "ExternalOrEqual of a tombstone meets a conflict",
                        "ExternalOrEqual of nothing goes ahead",
                        "None of a document goes ahead",
                        "None of a tombstone goes ahead",
                        "None of nothing goes ahead",
                        "SeqNo of a document goes ahead",
                        "SeqNo of a document meets a conflict",
                        "SeqNo of a tombstone meets a conflict",
                        "SeqNo of nothing meets a conflict");
    }

    private static void operate(TestLog log, ConditionModel model, Random random) {
        String id = "id" + random.nextInt(4);
        switch (random.nextInt(16)) {
            case 0 -> {
                long upToSeqNo = random.nextLong(model.nextSeqNo() + 1) - 1;
                log.dropTombstones(upToSeqNo);
                model.dropTombstones(upToSeqNo);
            }
            case 1 -> {
                int offset = random.nextInt((int) log.end());
                log.again(offset);
                model.again(offset, log.end() - 1);
            }
            case 2 -> {
                log.update(id, TestLog.doc("{\"title\":\"" + TITLE + "\"}"));
                model.updateWithTheSame(id, log.end() - 1);
            }
            case 3, 4, 5, 6, 7 -> {
                Rule rule = rule(random, model, id);
                if (rule instanceof Create) {
                    rule = new None();
                }
                log.deleteIf(id, rule.condition());
                model.delete(id, rule, log.end() - 1);
            }
            default -> {
                Rule rule = rule(random, model, id);
                log.indexIf(id, TITLE, rule.condition());
                model.index(id, rule, log.end() - 1);
            }
        }
    }

    /** With numbers that hold, and with some that just do not. */
    private static Rule rule(Random random, ConditionModel model, String id) {
        long near = random.nextInt(4) - 1;
        return switch (random.nextInt(6)) {
            case 0 -> new None();
            case 1 -> new Create();
            case 2 -> new External(Math.max(0, model.version(id) + near));
            case 3 -> new ExternalOrEqual(Math.max(0, model.version(id) + near));
            case 4 -> new SeqNo(random.nextLong(model.nextSeqNo() + 2), ConditionModel.TERM);
            default -> new SeqNo(Math.max(0, model.seqNo(id)), random.nextInt(4) == 0 ? 2 : ConditionModel.TERM);
        };
    }

    private static void assertSame(TestLog log, ConditionModel model, Random random, String seed) throws IOException {
        try (ShardCopy copy =
                ShardCopy.open(CrashingDirectory.newDisk(), TestLog.IDENTITY, CopySettings.DEFAULT, TestLog.SCHEMAS)) {
            for (LogEntry entry : log.entries()) {
                copy.apply(List.of(entry));
                if (random.nextInt(20) == 0) {
                    copy.refresh();
                }
            }
            assertThat(Objects.requireNonNull(copy.outcomes(0, 2 * RECORDS)))
                    .as(seed)
                    .map(positioned -> told(positioned.outcome()))
                    .containsExactlyElementsOf(model.told());
            assertThat(copy.nextSeqNo()).as(seed).isEqualTo(model.nextSeqNo());
        }
    }

    private static Told told(DocumentOutcome outcome) {
        return new Told(
                outcome.result().name(), outcome.seqNo(), outcome.version(), outcome.existed(), outcome.reason());
    }
}
