package io.elpis.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.query.replica.CopySettings;
import io.elpis.query.replica.DeadLetterOutbox;
import io.elpis.query.replica.HeldCommit;
import io.elpis.query.replica.ShardCopy;
import io.elpis.query.replica.TestLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommitCheckTest {
    private static final Pace FREE = bytes -> {};

    @TempDir
    Path directory;

    @Test
    void aCommitAsItWasWrittenIsSound() throws IOException {
        TestLog log = log();
        try (ShardCopy copy = copyOfManyFiles(log);
                HeldCommit held = Objects.requireNonNull(copy.holdCommit())) {
            assertThat(new CommitCheck(held, FREE).run()).isInstanceOfSatisfying(Finding.Sound.class, sound -> {
                assertThat(sound.documents()).isEqualTo(copy.documents()).isPositive();
                assertThat(sound.nextOffset()).isEqualTo(log.end());
            });
        }
    }

    @Test
    void aFlippedBitOfAnyFileIsFound() throws IOException {
        long seed = Long.getLong("elpis.seed", 4_711);
        Random random = new Random(seed);
        Set<String> kinds = new TreeSet<>();
        try (ShardCopy copy = copyOfManyFiles(log());
                HeldCommit held = Objects.requireNonNull(copy.holdCommit())) {
            for (String file : held.files()) {
                kinds.add(file.startsWith("segments") ? "segments" : file.substring(file.lastIndexOf('.') + 1));
                for (int flip = 0; flip < 8; flip++) {
                    long position = flip(file, flip, random, -1);
                    assertThat(new CommitCheck(held, FREE).run())
                            .as("%s at %s, seed %s", file, position, seed)
                            .isInstanceOf(Finding.Damaged.class);
                    flip(file, flip, random, position);
                }
            }
            assertThat(new CommitCheck(held, FREE).run()).isInstanceOf(Finding.Sound.class);
        }
        assertThat(kinds)
                .contains(
                        "segments", "si", "liv", "cfs", "cfe", "fnm", "fdt", "fdx", "fdm", "dvd", "dvm", "tim", "tip");
    }

    /** @param at where to flip back; negative: anywhere, the first byte and the last among others */
    private long flip(String file, int bit, Random random, long at) throws IOException {
        try (RandomAccessFile bytes =
                new RandomAccessFile(directory.resolve(file).toFile(), "rw")) {
            long position = at >= 0
                    ? at
                    : switch (bit) {
                        case 0 -> 0;
                        case 1 -> bytes.length() - 1;
                        default -> random.nextLong(bytes.length());
                    };
            bytes.seek(position);
            int value = bytes.read();
            bytes.seek(position);
            bytes.write(value ^ (1 << bit));
            return position;
        }
    }

    @Test
    void documentsThatAreNotThoseOfTheDigestAreFound() throws IOException {
        try (ShardCopy copy = copyOfManyFiles(log())) {
            copy.commit();
        }
        // Written in order and with checksums, but not by the log.
        rewrite(writer -> writer.deleteDocuments(new Term("_id", "id30")));
        assertDamaged("documents of digest");
    }

    @Test
    void aTruncatedFileIsFound() throws IOException {
        try (ShardCopy copy = copyOfManyFiles(log());
                HeldCommit held = Objects.requireNonNull(copy.holdCommit())) {
            for (String file : List.copyOf(held.files())) {
                try (RandomAccessFile bytes =
                        new RandomAccessFile(directory.resolve(file).toFile(), "rw")) {
                    if (file.endsWith(".liv") || file.startsWith("segments")) {
                        bytes.setLength(bytes.length() - 1);
                    }
                }
            }
            assertThat(new CommitCheck(held, FREE).run()).isInstanceOf(Finding.Damaged.class);
        }
    }

    @Test
    void whoReadsIsHeldUpByBytes() throws IOException {
        long[] passed = {0};
        try (ShardCopy copy = copyOfManyFiles(log());
                HeldCommit held = Objects.requireNonNull(copy.holdCommit())) {
            Finding found = new CommitCheck(held, bytes -> passed[0] += bytes).run();
            assertThat(found)
                    .isInstanceOfSatisfying(
                            Finding.Sound.class,
                            sound -> assertThat(passed[0])
                                    .isEqualTo(sound.bytes())
                                    .isGreaterThan(10_000));
        }
    }

    private void assertDamaged(String reason) throws IOException {
        try (Directory files = FSDirectory.open(directory);
                ShardCopy copy = ShardCopy.open(
                        files, TestLog.IDENTITY, CopySettings.DEFAULT, TestLog.SCHEMAS, DeadLetterOutbox.NOWHERE);
                HeldCommit held = Objects.requireNonNull(copy.holdCommit())) {
            assertThat(new CommitCheck(held, FREE).run())
                    .isInstanceOfSatisfying(
                            Finding.Damaged.class,
                            damaged -> assertThat(damaged.reason()).contains(reason));
        }
    }

    private static TestLog log() {
        TestLog log = new TestLog().mapping(9).withMapping(9);
        for (int document = 0; document < 60; document++) {
            log.sized("id" + document, "title " + document, document, "tag" + document % 7);
        }
        return log.routed("routed", "title", "elsewhere")
                .delete("id3")
                .index("id4", "another")
                .delete("never there")
                .mark();
    }

    /** A segment of many files with deletions, and one of few. */
    private ShardCopy copyOfManyFiles(TestLog log) throws IOException {
        try (ShardCopy copy = open()) {
            copy.apply(log.entries().subList(0, 61));
            copy.commit();
        }
        rewrite(writer -> writer.forceMerge(1));
        ShardCopy copy = open();
        copy.apply(log.entries());
        copy.commit();
        return copy;
    }

    private ShardCopy open() throws IOException {
        return ShardCopy.open(
                FSDirectory.open(directory),
                TestLog.IDENTITY,
                CopySettings.DEFAULT,
                TestLog.SCHEMAS,
                DeadLetterOutbox.NOWHERE);
    }

    private interface Change {
        void on(IndexWriter writer) throws IOException;
    }

    /** Commits a change with the commit data as it is. */
    private void rewrite(Change change) throws IOException {
        LogDocMergePolicy apart = new LogDocMergePolicy();
        apart.setNoCFSRatio(0);
        try (Directory files = FSDirectory.open(directory)) {
            Map<String, String> data = SegmentInfos.readLatestCommit(files).getUserData();
            IndexWriterConfig config =
                    new IndexWriterConfig().setMergePolicy(apart).setUseCompoundFile(false);
            try (IndexWriter writer = new IndexWriter(files, config)) {
                change.on(writer);
                writer.setLiveCommitData(data.entrySet());
                writer.commit();
            }
        }
    }
}
