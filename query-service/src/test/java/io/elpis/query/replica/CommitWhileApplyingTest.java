package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;

/** One thread applies, another refreshes and commits: each commit is the copy as it was at a record boundary. */
final class CommitWhileApplyingTest {
    private static final int RUNS = 8;
    private static final int RECORDS = 1_500;
    private static final int RECORDS_A_COMMIT = 300;
    private static final ApplyLogic LOGIC = new ApplyLogic(2, 200);

    /** Small, so that live operations are refreshed by the applying thread too. */
    private static final CopySettings SETTINGS = new CopySettings(1 << 20, 40_000);

    @Test
    void everyCommitIsARecordBoundary() throws Exception {
        int seen = 0;
        for (int run = 0; run < RUNS; run++) {
            long seed = Long.getLong("elpis.seed", 77_000 + run);
            TestLog log = StateMachineLawsTest.randomLog(new Random(seed), RECORDS);
            List<Directory> commits = commitsMeanwhile(log, seed);
            assertThat(commits).as("seed " + seed).isNotEmpty();
            seen += commits.size();
            assertBoundaries(commits, log, "seed " + seed);
        }
        assertThat(seen).as("commits in the middle of it").isGreaterThanOrEqualTo(4 * RUNS);
    }

    /** What was on the disk after each commit. */
    private static List<Directory> commitsMeanwhile(TestLog log, long seed) throws Exception {
        CrashingDirectory disk = new CrashingDirectory(CrashingDirectory.newDisk());
        try (ShardCopy copy = open(disk)) {
            Semaphore committed = new Semaphore(0);
            CompletableFuture<Void> applying =
                    CompletableFuture.runAsync(() -> apply(copy, log, new Random(seed), committed));
            Random random = new Random(~seed);
            List<Directory> commits = new ArrayList<>();
            boolean last = false;
            while (!last) {
                last = applying.isDone();
                if (random.nextInt(3) == 0) {
                    copy.refresh();
                }
                if (copy.commit()) {
                    commits.add(disk.synced());
                    committed.release();
                }
            }
            applying.get(10, TimeUnit.SECONDS);
            return commits;
        }
    }

    /** Outruns the commits by so many records only, so that some fall in the middle. */
    private static void apply(ShardCopy copy, TestLog log, Random random, Semaphore committed) {
        try {
            int waitAt = RECORDS_A_COMMIT;
            while (copy.nextOffset() < log.end()) {
                int from = (int) copy.nextOffset();
                if (from >= waitAt) {
                    assertThat(committed.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                    waitAt += RECORDS_A_COMMIT;
                }
                copy.apply(log.entries().subList(from, Math.min((int) log.end(), from + 1 + random.nextInt(4))));
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertBoundaries(List<Directory> commits, TestLog log, String seed) throws IOException {
        try (ShardCopy replay = open(CrashingDirectory.newDisk())) {
            for (Directory commit : commits) {
                try (ShardCopy committed = open(commit)) {
                    int boundary = (int) committed.nextOffset();
                    replay.apply(log.entries().subList((int) replay.nextOffset(), boundary));
                    assertThat(CopyContent.of(committed))
                            .as("%s, committed at %s", seed, boundary)
                            .isEqualTo(CopyContent.of(replay));
                }
            }
            assertThat(replay.nextOffset()).as("the last commit has everything").isEqualTo(log.end());
        }
    }

    private static ShardCopy open(Directory directory) throws IOException {
        return ShardCopy.open(directory, TestLog.IDENTITY, SETTINGS, TestLog.SCHEMAS, LOGIC);
    }
}
