package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommitCrashTest {
    private static final TestLog LOG = new TestLog()
            .mapping(1)
            .index("a", "first")
            .create("b", "second")
            .create("a", "in the way")
            .delete("b")
            .delete("never there")
            .again(2)
            .index("c", "third")
            .index("a", "changed")
            .garbage()
            .mapping(9)
            .sized("d", "fourth", 4, "tag")
            .again(1)
            .create("b", "back again")
            .unknownField("e")
            .spanOutside("f")
            .index("c", "third, changed")
            .delete("d");
    private static final int FIRST_COMMIT = 6;
    private static final int SECOND_COMMIT = 14;

    /** Power is lost before every single disk operation from the second half on, commits included. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void crashedAtAnyStepTheCopyComesBackAsIfItHadLived(boolean renamesSurvive) throws IOException {
        CopyContent expected = lived();
        boolean crashed = true;
        int crashes = 0;
        for (int step = 0; crashed; step++) {
            CrashingDirectory directory = new CrashingDirectory(CrashingDirectory.newDisk());
            crashed = runUntilCrash(directory, step);
            crashes += crashed ? 1 : 0;
            CopyContent found = recovered(directory.diskAfterPowerLoss(renamesSurvive));
            assertThat(found).as("crash before operation " + step).isEqualTo(expected);
        }
        assertThat(crashes).isGreaterThan(20);
    }

    private static CopyContent lived() throws IOException {
        try (ShardCopy copy = open(CrashingDirectory.newDisk())) {
            copy.apply(LOG.entries());
            return CopyContent.of(copy);
        }
    }

    private static boolean runUntilCrash(CrashingDirectory directory, int step) throws IOException {
        ShardCopy copy = open(directory);
        try {
            copy.apply(LOG.entries().subList(0, FIRST_COMMIT));
            copy.commit();
            directory.crashBefore(step);
            copy.apply(LOG.entries().subList(FIRST_COMMIT, FIRST_COMMIT + 3));
            copy.refresh();
            copy.apply(LOG.entries().subList(FIRST_COMMIT + 3, SECOND_COMMIT));
            copy.commit();
            copy.apply(LOG.entries().subList(SECOND_COMMIT, (int) LOG.end()));
        } catch (IOException | RuntimeException stopped) {
            assertThat(directory.isLost()).isTrue();
            return true;
        } finally {
            closeQuietly(copy);
        }
        return directory.isLost();
    }

    private static void closeQuietly(ShardCopy copy) {
        try {
            copy.close();
        } catch (IOException | RuntimeException afterPowerLoss) {
            // The disk is gone; what counts is what is on it.
        }
    }

    private static CopyContent recovered(Directory disk) throws IOException {
        try (ShardCopy copy = open(disk)) {
            assertThat(copy.nextOffset()).isIn((long) FIRST_COMMIT, (long) SECOND_COMMIT);
            List<LogEntry> rest = LOG.entries().subList((int) copy.nextOffset(), (int) LOG.end());
            copy.apply(rest);
            return CopyContent.of(copy);
        }
    }

    private static ShardCopy open(Directory directory) throws IOException {
        return ShardCopy.open(directory, TestLog.IDENTITY, CopySettings.DEFAULT, TestLog.SCHEMAS);
    }
}
