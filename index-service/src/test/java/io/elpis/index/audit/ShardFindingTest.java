package io.elpis.index.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.audit.CopyAnswer.Content;
import io.elpis.index.audit.ShardFinding.CopyVerdict;
import io.elpis.index.audit.ShardFinding.Verdict;
import io.elpis.protocol.record.AuditBarrier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ShardFindingTest {
    private static final Mark MARK = new Mark(1, 7, AuditBarrier.of(new UUID(1, 1)));
    private static final Content ONE = new Content("1".repeat(32), 10, 12);
    private static final Content OTHER = new Content("2".repeat(32), 10, 12);

    private static ShardFinding of(int wanted, CopyAnswer... answers) {
        Map<String, CopyAnswer> byNode = new TreeMap<>();
        for (CopyAnswer answer : answers) {
            byNode.put("query-" + (byNode.size() + 1), answer);
        }
        return ShardFinding.of(3, MARK, wanted, byNode);
    }

    private static CopyAnswer told(Content content) {
        return new CopyAnswer.Told(content, false);
    }

    private static List<CopyVerdict> verdicts(ShardFinding finding) {
        return finding.copies().stream().map(ShardFinding.Copy::verdict).toList();
    }

    @Test
    void copiesWithOneContentAreEqual() {
        ShardFinding finding = of(2, told(ONE), told(ONE));
        assertThat(finding.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(verdicts(finding)).containsOnly(CopyVerdict.EQUAL);
    }

    @Test
    void whatMostAgreeOnIsTakenForRight() {
        ShardFinding finding = of(3, told(ONE), told(OTHER), told(ONE));
        assertThat(finding.verdict()).isEqualTo(Verdict.DIFFERING);
        assertThat(verdicts(finding)).containsExactly(CopyVerdict.EQUAL, CopyVerdict.DIFFERS, CopyVerdict.EQUAL);
    }

    @Test
    void betweenTwoNobodyKnows() {
        ShardFinding finding = of(2, told(ONE), told(OTHER));
        assertThat(finding.verdict()).isEqualTo(Verdict.DIFFERING);
        assertThat(verdicts(finding)).containsOnly(CopyVerdict.DIFFERS);
    }

    @Test
    void equalDigestsDoNotHideAnotherCount() {
        assertThat(of(2, told(ONE), told(new Content(ONE.digest(), 10, 13))).verdict())
                .isEqualTo(Verdict.DIFFERING);
    }

    @Test
    void aDamagedCopyHasNoSay() {
        ShardFinding finding = of(2, told(ONE), new CopyAnswer.Damaged("checksum"));
        assertThat(finding.verdict()).isEqualTo(Verdict.DIFFERING);
        assertThat(verdicts(finding)).containsExactly(CopyVerdict.EQUAL, CopyVerdict.DAMAGED);
        assertThat(finding.copies().getLast().reason()).isEqualTo("checksum");
    }

    @Test
    void tooFewCopiesAreNotSound() {
        assertThat(of(2, told(ONE)).verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(of(1).verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(of(1, told(ONE), new CopyAnswer.Silent("gone")).verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(verdicts(of(1, new CopyAnswer.Silent("gone")))).containsExactly(CopyVerdict.UNKNOWN);
    }
}
