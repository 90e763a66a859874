package io.elpis.index.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.audit.ShardFinding.CopyVerdict;
import io.elpis.index.audit.ShardFinding.Verdict;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.RecordLog;
import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.AuditBarrier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CureTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final AuditedShard SHARD = new AuditedShard(
            new ShardId(new IndexUuid(new UUID(1, 2)), 0), new LogPartition("elpis.index.test", 0, 1), 2);

    private final FakeCopies copies = new FakeCopies();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ShardAudit audit = new ShardAudit(new Marks(copies, UUID::randomUUID), copies);

    private ShardFinding audited(boolean fresh) throws Exception {
        return audit.audit(SHARD, fresh, false, PATIENCE).get(10, TimeUnit.SECONDS);
    }

    private ShardFinding cured(ShardFinding found) throws InterruptedException {
        return cured(found, PATIENCE);
    }

    private ShardFinding cured(ShardFinding found, Duration longest) throws InterruptedException {
        Cure cure =
                new Cure(audit, copies, new AuditMetrics(meters), longest, Duration.ofMillis(1), new CountDownLatch(1));
        return cure.cure(SHARD, found.mark());
    }

    @Test
    void anAuditMarksTheLogOnceForShardsThatRest() throws Exception {
        copies.copy("query-1", FakeCopies.RIGHT);
        copies.copy("query-2", FakeCopies.RIGHT);
        ShardFinding first = audited(false);
        assertThat(first.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(copies.appended).hasSize(1);
        assertThat(AuditBarrier.is(copies.appended.getFirst().getBarrier())).isTrue();
        assertThat(audited(false).mark()).isEqualTo(first.mark());
        assertThat(copies.appended).hasSize(1);
        assertThat(audited(true).mark().offset()).isEqualTo(1);
        copies.append(SHARD.log(), new byte[0], copies.appended.getFirst(), ignored());
        assertThat(audited(false).mark().offset()).as("something was written").isEqualTo(3);
    }

    private static RecordLog.Confirmation ignored() {
        return new RecordLog.Confirmation() {
            @Override
            public void stored(long offset) {}

            @Override
            public void refused(ElpisException reason) {}

            @Override
            public void undecided(Exception reason) {}
        };
    }

    @Test
    void aLogThatTakesNoMarkLeavesCopiesUnknown() throws Exception {
        copies.copy("query-1", FakeCopies.RIGHT);
        copies.refusing = true;
        ShardFinding found = audited(true);
        assertThat(found.verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(found.mark().offset()).isEqualTo(-1);
        assertThat(found.copies(CopyVerdict.UNKNOWN))
                .singleElement()
                .satisfies(copy -> assertThat(copy.reason()).contains("refused"));
    }

    @Test
    void theOneOfThreeThatDiffersIsBuiltAgain() throws Exception {
        copies.copy("query-1", FakeCopies.RIGHT);
        copies.copy("query-2", FakeCopies.WRONG);
        copies.copy("query-3", FakeCopies.RIGHT);
        ShardFinding cured = cured(audited(false));
        assertThat(cured.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(copies.rebuilt).containsExactly("query-2");
        assertThat(copies.verified).contains(true);
        assertThat(meters.counter("elpis.audit.copies.rebuilt").count()).isEqualTo(1);
    }

    @Test
    void theLogOutvotesTwoThatAreWrong() throws Exception {
        copies.copy("query-1", FakeCopies.WRONG);
        copies.copy("query-2", FakeCopies.RIGHT);
        copies.copy("query-3", FakeCopies.WRONG);
        assertThat(cured(audited(false)).verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(copies.rebuilt).containsExactly("query-2", "query-1", "query-3");
    }

    @Test
    void ofTwoOneAfterTheOtherIsBuiltAgainUntilTheyAgree() throws Exception {
        copies.copy("query-1", FakeCopies.RIGHT);
        copies.copy("query-2", FakeCopies.WRONG);
        assertThat(cured(audited(false)).verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(copies.rebuilt).containsExactly("query-1", "query-2");
    }

    @Test
    void whoeverTheFirstMakesAgreeIsLeftAlone() throws Exception {
        copies.copy("query-1", FakeCopies.WRONG);
        copies.copy("query-2", FakeCopies.RIGHT);
        assertThat(cured(audited(false)).verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(copies.rebuilt).containsExactly("query-1");
    }

    @Test
    void aDamagedCopyHealsByItself() throws Exception {
        copies.copy("query-1", FakeCopies.RIGHT);
        copies.copies.put("query-2", new FakeCopies.Copy(new CopyAnswer.Damaged("checksum")));
        assertThat(cured(audited(false)).verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(copies.rebuilt).isEmpty();
    }

    @Test
    void aDamagedCopyIsNotBelievedBeforeItHasReadItsDiskAgain() throws Exception {
        copies.copy("query-1", FakeCopies.RIGHT);
        FakeCopies.Copy damaged = new FakeCopies.Copy(new CopyAnswer.Damaged("checksum"));
        damaged.kept = 2;
        copies.copies.put("query-2", damaged);
        ShardFinding cured = cured(audited(false));
        assertThat(cured.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(cured.copies())
                .filteredOn(copy -> copy.node().equals("query-2"))
                .singleElement()
                .satisfies(copy -> assertThat(copy.verified()).isTrue());
        assertThat(damaged.kept).isZero();
    }

    @Test
    void anOrderThatCameToNothingIsGivenAgainAndProvesNothing() throws Exception {
        copies.copy("query-1", FakeCopies.RIGHT);
        copies.copy("query-2", FakeCopies.RIGHT);
        copies.copy("query-3", FakeCopies.WRONG);
        copies.on("query-3").kept = 2;
        assertThat(cured(audited(false)).verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(copies.rebuilt).containsExactly("query-3");
    }

    @Test
    void ordersThatNobodyTakesEndTheCure() throws Exception {
        copies.copy("query-1", FakeCopies.RIGHT);
        copies.copy("query-2", FakeCopies.RIGHT);
        copies.copy("query-3", FakeCopies.WRONG);
        copies.on("query-3").kept = Integer.MAX_VALUE;
        assertThat(cured(audited(false)).verdict()).isEqualTo(Verdict.DIFFERING);
        assertThat(copies.rebuilt).isEmpty();
    }

    @Test
    void copiesThatDifferAllTheSameAreLeftToPeople() throws Exception {
        copies.copy("query-1", FakeCopies.RIGHT);
        copies.copy("query-2", FakeCopies.WRONG);
        copies.copies.values().forEach(copy -> copy.stubborn = true);
        assertThat(cured(audited(false)).verdict()).isEqualTo(Verdict.DIFFERING);
        assertThat(copies.rebuilt).containsExactly("query-1", "query-2");
    }

    @Test
    void aCopyThatNeverAnswersEndsTheCureInTime() throws Exception {
        copies.copy("query-1", FakeCopies.RIGHT);
        copies.copies.put("query-2", new FakeCopies.Copy(new CopyAnswer.Silent("gone")));
        assertThat(cured(audited(false), Duration.ofMillis(50)).verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(copies.rebuilt).isEmpty();
    }
}
