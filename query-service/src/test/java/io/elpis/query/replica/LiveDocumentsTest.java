package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class LiveDocumentsTest {
    private final LiveDocuments live = new LiveDocuments();

    @Test
    void whatARefreshDidNotReachStaysKnown() {
        put("a", 1);
        live.beforeRefresh();
        put("b", 2);
        live.beforeRefresh();
        assertThat(live.find("a")).isNotNull();
        assertThat(live.find("b")).isNotNull();
        put("a", 3);
        assertThat(live.find("a")).isEqualTo(entry(3));
        live.afterRefresh();
        assertThat(live.find("a")).isEqualTo(entry(3));
        assertThat(live.find("b")).isNull();
        live.beforeRefresh();
        live.afterRefresh();
        assertThat(live.bytes()).isZero();
    }

    @Test
    void aCopyThatCannotBeRefreshedCannotBeWrittenEither() throws IOException {
        CrashingDirectory disk = new CrashingDirectory(CrashingDirectory.newDisk());
        TestLog log = new TestLog().mapping(1).index("a", "first");
        try (ShardCopy copy = ShardCopy.open(disk, TestLog.IDENTITY, CopySettings.DEFAULT, TestLog.SCHEMAS)) {
            copy.apply(log.entries());
            disk.refuseOpening(true);
            assertThatThrownBy(copy::refresh).isInstanceOf(IOException.class);
            assertThat(copy.isWritable()).isFalse();
            assertThat(copy.tragedy()).hasMessage("too many open files");
        }
    }

    private void put(String id, long seqNo) {
        live.put(id, entry(seqNo));
    }

    private static LiveDocuments.Entry entry(long seqNo) {
        return new LiveDocuments.Entry(DocumentState.tombstone(seqNo, 1, 1), null, "");
    }
}
