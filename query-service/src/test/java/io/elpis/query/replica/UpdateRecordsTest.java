package io.elpis.query.replica;

import static io.elpis.query.replica.TestLog.doc;
import static io.elpis.query.replica.TestLog.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.protocol.record.Condition;
import io.elpis.protocol.record.SeqNoCondition;
import io.elpis.query.replica.DocumentOutcome.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partial updates in a log, and the apply logic that they need. */
final class UpdateRecordsTest {
    private static final String RED = "{\"meta\":{\"color\":\"red\"}}";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void outcomesTellWhatAnUpdateDid(boolean refreshed) throws IOException {
        TestLog log = updating()
                .update("a", doc(RED))
                .update("a", upsert("{\"title\":\"first\"}"))
                .update("a", doc(RED))
                .update("a", doc(RED))
                .updateIf("a", doc("{\"size\":1}"), seqNo(0))
                .updateIf("a", doc("{\"size\":1}"), seqNo(1))
                .update("a", doc("{\"size\":\"none\"}"))
                .update("a", doc("{\"unknown\":1}"))
                .delete("a")
                .update("a", doc(RED))
                .update("a", doc(RED).setDocAsUpsert(true))
                .updateIf("b", upsert(RED), seqNo(1));
        try (ShardCopy copy = open(CrashingDirectory.newDisk())) {
            for (LogEntry entry : log.entries()) {
                copy.apply(List.of(entry));
                if (refreshed) {
                    copy.refresh();
                    copy.commit();
                }
            }
            assertThat(outcomes(copy))
                    .map(outcome -> outcome.result() + " " + outcome.seqNo() + " " + outcome.version())
                    .containsExactly(
                            "MISSING -1 -1",
                            "CREATED 0 1",
                            "UPDATED 1 2",
                            "NOOP 1 2",
                            "CONFLICT 1 2",
                            "UPDATED 2 3",
                            "REJECTED -1 -1",
                            "REJECTED -1 -1",
                            "DELETED 3 4",
                            "MISSING -1 -1",
                            "CREATED 4 5",
                            "CONFLICT -1 -1");
            assertThat(outcomes(copy).getFirst().errorType()).isEqualTo("document_missing_exception");
            assertThat(copy.documents()).isEqualTo(1);
        }
    }

    @Test
    void anUpdatedDocumentIsFoundByAllItsValues() throws IOException {
        TestLog log = updating().index("a", "first").update("a", doc(RED)).update("a", doc("{\"tag\":\"new\"}"));
        try (ShardCopy copy = open(CrashingDirectory.newDisk())) {
            copy.apply(log.entries());
            copy.refresh();
            CopyView view = copy.acquire();
            try {
                IndexSearcher searcher = new IndexSearcher(view.reader());
                assertThat(searcher.count(new TermQuery(new Term("meta.color", "red"))))
                        .isEqualTo(1);
                assertThat(searcher.count(new TermQuery(new Term("tag", "new"))))
                        .isEqualTo(1);
                assertThat(searcher.count(new TermQuery(new Term("title", "first"))))
                        .isEqualTo(1);
                assertThat(view.reader().numDocs()).isEqualTo(1);
            } finally {
                view.release();
            }
            assertThat(text(copy, "a")).isEqualTo("{\"title\":\"first\",\"meta\":{\"color\":\"red\"},\"tag\":\"new\"}");
        }
    }

    @Test
    void aRejectedUpdateLeavesTheDocumentAsItWas() throws IOException {
        TestLog log = updating().index("a", "first").update("a", doc("{\"title\":\"x\",\"size\":\"none\"}"));
        try (ShardCopy copy = open(CrashingDirectory.newDisk())) {
            copy.apply(log.entries());
            assertThat(results(copy)).containsExactly(Result.CREATED, Result.REJECTED);
            assertThat(text(copy, "a")).isEqualTo("{\"title\":\"first\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDocumentKeepsTheRoutingItWasStoredWith(boolean refreshed) throws IOException {
        TestLog log = updating().routed("a", "first", "blue").update("a", doc(RED));
        try (ShardCopy copy = open(CrashingDirectory.newDisk())) {
            copy.apply(log.entries().subList(0, (int) log.end() - 1));
            if (refreshed) {
                copy.refresh();
            }
            copy.apply(log.entries());
            assertThat(Objects.requireNonNull(copy.get("a")).routing()).isEqualTo("blue");
        }
    }

    @Test
    void aRepeatedUpdateGetsItsFirstOutcome() throws IOException {
        TestLog log = updating().update("a", upsert("{\"size\":1}")).update("a", doc("{\"size\":2}"));
        int end = (int) log.end();
        log.update("a", doc("{\"size\":1}")).again(end - 2).again(end - 1);
        CrashingDirectory disk = new CrashingDirectory(CrashingDirectory.newDisk());
        try (ShardCopy copy = open(disk)) {
            copy.apply(log.entries().subList(0, end + 1));
            copy.commit();
        }
        Directory committed = disk.diskAfterPowerLoss(true);
        try (ShardCopy copy = open(committed)) {
            copy.apply(log.entries());
            assertThat(results(copy))
                    .containsExactly(Result.CREATED, Result.UPDATED, Result.UPDATED, Result.CREATED, Result.UPDATED);
            assertThat(outcomes(copy).getLast().seqNo()).isEqualTo(1);
            assertThat(text(copy, "a")).isEqualTo("{\"size\":1}");
        }
    }

    @Test
    void updatesBeforeTheirApplyLogicAreRejected() throws IOException {
        TestLog log = new TestLog()
                .mapping(9)
                .update("a", upsert(RED))
                .applyLogic(2)
                .update("a", upsert(RED))
                .applyLogic(1)
                .update("a", doc("{\"size\":1}"));
        try (ShardCopy copy = open(CrashingDirectory.newDisk())) {
            copy.apply(log.entries());
            assertThat(results(copy)).containsExactly(Result.REJECTED, Result.CREATED, Result.UPDATED);
        }
    }

    @Test
    void aCommitKeepsTheApplyLogic() throws IOException {
        TestLog log = updating().update("a", upsert(RED));
        CrashingDirectory disk = new CrashingDirectory(CrashingDirectory.newDisk());
        try (ShardCopy copy = open(disk)) {
            copy.apply(log.entries().subList(0, 2));
            copy.commit();
        }
        Directory committed = disk.diskAfterPowerLoss(true);
        ApplyLogic earlier = new ApplyLogic(1, 100);
        assertThatThrownBy(() ->
                        ShardCopy.open(committed, TestLog.IDENTITY, CopySettings.DEFAULT, TestLog.SCHEMAS, earlier))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("apply logic 2");
        try (ShardCopy copy = open(committed)) {
            copy.apply(log.entries());
            assertThat(results(copy)).containsExactly(Result.CREATED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 1 << 31})
    void anApplyLogicThatThisNodeDoesNotHaveStopsTheCopy(int version) throws IOException {
        TestLog log = updating().applyLogic(version).index("a", "first");
        try (ShardCopy copy = open(CrashingDirectory.newDisk())) {
            assertThatThrownBy(() -> copy.apply(log.entries()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("apply logic");
            assertThat(copy.nextOffset()).isEqualTo(2);
        }
    }

    private static TestLog updating() {
        return new TestLog().mapping(9).applyLogic(2);
    }

    private static Condition seqNo(long seqNo) {
        return Condition.newBuilder()
                .setSeqNo(SeqNoCondition.newBuilder().setSeqNo(seqNo).setPrimaryTerm(1))
                .build();
    }

    /** Lucene reads it without complaint. */
    @Test
    void aSourceThatIsNotWhatWasStoredIsNotBuiltOn(@TempDir Path directory) throws IOException {
        TestLog log = updating().index("a", "first").update("a", doc(RED));
        try (ShardCopy copy = open(FSDirectory.open(directory))) {
            copy.apply(log.entries().subList(0, log.entries().size() - 1));
            copy.commit();
        }
        replaceInFiles(directory, "\"first\"", "\"forst\"");
        try (ShardCopy copy = open(FSDirectory.open(directory))) {
            assertThatThrownBy(() -> copy.get("a")).isInstanceOf(CorruptIndexException.class);
            assertThatThrownBy(() -> copy.apply(List.of(log.entries().getLast())))
                    .isInstanceOf(CorruptIndexException.class)
                    .hasMessageContaining("another source than was stored");
        }
    }

    private static void replaceInFiles(Path directory, String from, String to) throws IOException {
        int replaced = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (bytes.contains(from)) {
                    Files.write(file, bytes.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
                    replaced++;
                }
            }
        }
        assertThat(replaced).isPositive();
    }

    private static ShardCopy open(Directory directory) throws IOException {
        return ShardCopy.open(directory, TestLog.IDENTITY, CopySettings.DEFAULT, TestLog.SCHEMAS);
    }

    private static String text(ShardCopy copy, String id) throws IOException {
        return Objects.requireNonNull(Objects.requireNonNull(copy.get(id)).source())
                .utf8ToString();
    }

    private static List<Result> results(ShardCopy copy) {
        return outcomes(copy).stream().map(DocumentOutcome::result).toList();
    }

    private static List<DocumentOutcome> outcomes(ShardCopy copy) {
        return Objects.requireNonNull(copy.outcomes(0, 100)).stream()
                .map(PositionedOutcome::outcome)
                .toList();
    }
}
