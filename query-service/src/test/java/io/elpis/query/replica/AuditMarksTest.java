package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.protocol.record.AuditBarrier;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;

final class AuditMarksTest {

    @Test
    void aMarkTellsWhatTheCopyHeldThere() throws IOException {
        TestLog log = new TestLog()
                .mapping(1)
                .index("a", "one")
                .mark()
                .index("a", "two")
                .mark();
        try (ShardCopy copy = open(CrashingDirectory.newDisk())) {
            copy.apply(log.entries());
            AuditMarks marks = copy.snapshot().marks();
            assertThat(marks.all()).hasSize(2);
            AuditMark first = marks.all().getFirst();
            AuditMark second = marks.all().getLast();
            assertThat(marks.at(2)).isEqualTo(first);
            assertThat(marks.at(3)).isNull();
            assertThat(marks.at(4)).isEqualTo(second);
            assertThat(first.barrierId())
                    .isEqualTo(AuditBarrier.of(new UUID(5, 2)).getBarrierId());
            assertThat(first.nextSeqNo()).isEqualTo(1);
            assertThat(second.nextSeqNo()).isEqualTo(2);
            assertThat(second.documents()).isEqualTo(1);
            assertThat(second.digest())
                    .isNotEqualTo(first.digest())
                    .isEqualTo(copy.snapshot().digest());
        }
    }

    @Test
    void otherBarriersMarkNothing() throws IOException {
        TestLog log =
                new TestLog().barrier("17-0").barrier("audit-" + "x".repeat(59)).barrier("");
        try (ShardCopy copy = open(CrashingDirectory.newDisk())) {
            copy.apply(log.entries());
            assertThat(copy.snapshot().marks()).isEqualTo(AuditMarks.NONE);
        }
    }

    @Test
    void theLatestStayAndSurviveACommit() throws IOException {
        TestLog log = new TestLog().mapping(1);
        for (int mark = 0; mark < 20; mark++) {
            log.index("id" + mark, "text").mark();
        }
        Directory disk = CrashingDirectory.newDisk();
        List<AuditMark> before;
        try (ShardCopy copy = open(new CrashingDirectory(disk))) {
            copy.apply(log.entries());
            copy.commit();
            before = copy.snapshot().marks().all();
        }
        assertThat(before).hasSize(16);
        assertThat(before.getLast().offset()).isEqualTo(log.end() - 1);
        try (ShardCopy copy = open(disk)) {
            assertThat(copy.snapshot().marks().all()).isEqualTo(before);
        }
    }

    @Test
    void textThatIsNotMarksIsToldApart() throws IOException {
        assertThat(AuditMarks.ofText("")).isEqualTo(AuditMarks.NONE);
        for (String text : List.of("1", "1 zz 00 1 1", "1 00 12 1 1", "x 00 " + "0".repeat(32) + " 1 1")) {
            assertThatThrownBy(() -> AuditMarks.ofText(text)).as(text).isInstanceOf(IOException.class);
        }
    }

    private static ShardCopy open(Directory directory) throws IOException {
        return ShardCopy.open(directory, TestLog.IDENTITY, CopySettings.DEFAULT, TestLog.SCHEMAS);
    }
}
