package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy is quiet while it holds nothing in memory that is not in a segment. */
final class QuietCopyTest {
    @TempDir
    Path directory;

    private final TestLog log = new TestLog().mapping(1);

    @Test
    void aCommitMakesACopyQuietAndARecordBusyAgain() throws Exception {
        CopyStorage storage =
                new CopyStorage(directory, CopySettings.DEFAULT, TestLog.SCHEMAS, DeadLetterOutbox.NOWHERE);
        try (ShardCopy copy = storage.open(TestLog.IDENTITY)) {
            assertThat(copy.isQuiet()).as("an empty one").isTrue();

            copy.apply(log.index("1", "one").entries());
            assertThat(copy.isQuiet()).as("with a record that is not committed").isFalse();

            copy.refresh();
            assertThat(copy.isQuiet()).as("with a record that is visible only").isFalse();

            copy.commit();
            assertThat(copy.isQuiet()).as("with all committed").isTrue();

            apply(copy, log.index("2", "two"));
            assertThat(copy.isQuiet()).as("written again").isFalse();

            copy.commit();
            assertThat(copy.isQuiet())
                    .as("committed though nobody has refreshed")
                    .isTrue();
            assertThat(copy.get("2")).isNotNull();
            assertThat(copy.visibleOffset())
                    .as("a commit makes nothing visible")
                    .isEqualTo(2);
        }
    }

    private static void apply(ShardCopy copy, TestLog log) throws Exception {
        List<LogEntry> entries = log.entries();
        copy.apply(entries.subList((int) copy.nextOffset(), entries.size()));
    }
}
