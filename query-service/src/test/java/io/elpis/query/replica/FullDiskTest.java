package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A disk without room stops a copy; nothing is skipped, and with room again nothing is missing. */
final class FullDiskTest {
    private static final TestLog LOG = log();
    private static final int FIRST_COMMIT = 9;
    private static final int STRIDE = 89;

    private static TestLog log() {
        TestLog log = new TestLog().mapping(9);
        for (int n = 0; n < 12; n++) {
            log.sized("d" + n % 8, "title " + n, n, "tag");
        }
        return log.delete("d1")
                .create("d2", "in the way")
                .again(3)
                .index("d3", "changed")
                .delete("never there");
    }

    @Test
    void wheneverTheDiskIsFullTheCopyComesBackAsIfItHadLived() throws IOException {
        CopyContent expected = lived();
        int stops = 0;
        boolean stopped = true;
        for (long room = 0; stopped; room += STRIDE) {
            FullDirectory disk = new FullDirectory(CrashingDirectory.newDisk());
            stopped = runUntilFull(disk, room, expected);
            stops += stopped ? 1 : 0;
            disk.leaveRoomFor(Long.MAX_VALUE);
            assertThat(reopened(disk)).as("room for %d bytes", room).isEqualTo(expected);
        }
        assertThat(stops).isGreaterThan(20);
    }

    private static CopyContent lived() throws IOException {
        try (ShardCopy copy = open(new FullDirectory(CrashingDirectory.newDisk()))) {
            copy.apply(LOG.entries());
            return CopyContent.of(copy);
        }
    }

    /** @return whether the disk was full before the end */
    private static boolean runUntilFull(FullDirectory disk, long room, CopyContent expected) throws IOException {
        ShardCopy copy = open(disk);
        try {
            copy.apply(LOG.entries().subList(0, FIRST_COMMIT));
            copy.commit();
            disk.leaveRoomFor(room);
            copy.apply(LOG.entries().subList(FIRST_COMMIT, (int) LOG.end() - 1));
            copy.refresh();
            copy.commit();
            assertThat(disk.isFull()).as("a full disk that nobody heard of").isFalse();
            return false;
        } catch (IOException | RuntimeException stopped) {
            assertThat(disk.isFull()).as("%s", stopped).isTrue();
            disk.leaveRoomFor(Long.MAX_VALUE);
            assertStoppedOrWhole(copy, expected);
            return true;
        } finally {
            closeQuietly(copy);
        }
    }

    /** A copy that still takes records after a failure must not have skipped any. */
    private static void assertStoppedOrWhole(ShardCopy copy, CopyContent expected) {
        CopyContent content;
        try {
            copy.apply(LOG.entries().subList((int) copy.nextOffset(), (int) LOG.end()));
            content = CopyContent.of(copy);
        } catch (IOException | RuntimeException stopped) {
            return;
        }
        assertThat(content).isEqualTo(expected);
    }

    private static void closeQuietly(ShardCopy copy) {
        try {
            copy.close();
        } catch (IOException | RuntimeException alreadyStopped) {
            // What counts is what is on the disk.
        }
    }

    private static CopyContent reopened(FullDirectory disk) throws IOException {
        try (ShardCopy copy = open(disk)) {
            List<LogEntry> rest = LOG.entries().subList((int) copy.nextOffset(), (int) LOG.end());
            copy.apply(rest);
            return CopyContent.of(copy);
        }
    }

    private static ShardCopy open(FullDirectory disk) throws IOException {
        return ShardCopy.open(disk, TestLog.IDENTITY, CopySettings.DEFAULT, TestLog.SCHEMAS);
    }
}
