package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever was shown a record is told so, or another copy might show less to the same session afterwards. */
final class SeenOffsetTest {
    private static final int RECORDS = 20_000;

    @Test
    void viewsShowNothingAtOrBehindTheOffsetTheyTell() throws Exception {
        TestLog log = new TestLog();
        for (int record = 0; record < RECORDS; record++) {
            log.index("id-" + record, "words " + record);
        }
        List<LogEntry> entries = log.entries();
        try (ShardCopy copy =
                ShardCopy.open(CrashingDirectory.newDisk(), TestLog.IDENTITY, CopySettings.DEFAULT, TestLog.SCHEMAS)) {
            CompletableFuture<Void> applying = CompletableFuture.runAsync(() -> apply(copy, entries));
            while (!applying.isDone()) {
                copy.refresh();
                CopyView view = copy.acquire();
                try {
                    assertThat((long) view.reader().numDocs()).isBetween(view.nextOffset(), view.seenOffset());
                } finally {
                    view.release();
                }
            }
            applying.join();
            copy.refresh();
            CopyView last = copy.acquire();
            assertThat(last.seenOffset()).as("not more than there is").isEqualTo(log.end());
            last.release();
        }
    }

    private static void apply(ShardCopy copy, List<LogEntry> entries) {
        try {
            for (LogEntry entry : entries) {
                copy.apply(List.of(entry));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
