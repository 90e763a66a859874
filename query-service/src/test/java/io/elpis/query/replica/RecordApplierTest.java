package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import io.elpis.analysis.Analyzers;
import io.elpis.model.schema.AnalysisSettings;
import io.elpis.model.schema.AnalysisSettingsParser;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingNode.LeafNode;
import io.elpis.model.schema.MappingNode.ObjectNode;
import io.elpis.model.schema.MappingParser;
import io.elpis.protocol.letter.DeadLetter;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.MappingVersion;
import io.elpis.protocol.record.MappingWire;
import io.elpis.query.lucene.SystemField;
import io.elpis.query.replica.DocumentOutcome.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a record's own fault stops nobody. */
final class RecordApplierTest {
    private static final String TITLE = "{\"properties\":{\"title\":{\"type\":\"text\"}}}";

    /** Falls over one word. */
    private static final Analyzer FAULTY = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new WhitespaceTokenizer();
            CharTermAttribute word = words.addAttribute(CharTermAttribute.class);
            return new TokenStreamComponents(words, new TokenFilter(words) {
                @Override
                public boolean incrementToken() throws IOException {
                    boolean more = input.incrementToken();
                    if (more && word.toString().equals("boom")) {
                        throw new IndexOutOfBoundsException("no group 7");
                    }
                    if (more && word.toString().equals("huge")) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                    return more;
                }
            });
        }
    };

    @Test
    void aDocumentThatItsAnalyzerCannotReadIsRejected() throws IOException {
        TestLog log = new TestLog()
                .mapping(1)
                .index("a", "fine")
                .index("a", "first boom")
                .index("b", "boom")
                .index("c", "fine");
        List<DeadLetter> sent = new ArrayList<>();
        PendingLetters letters = new PendingLetters(
                letter -> {
                    sent.add(letter);
                    return CompletableFuture.allOf();
                },
                List.of());
        try (IndexWriter writer = new IndexWriter(CrashingDirectory.newDisk(), new IndexWriterConfig(FAULTY))) {
            ShardState state = new ShardState(CommitPoint.start(TestLog.IDENTITY), TestLog.SCHEMAS, ApplyLogic.LATEST);
            LiveDocuments live = new LiveDocuments();
            try (ShardReaders readers = new ShardReaders(writer, state, live);
                    RecordApplier applier = new RecordApplier(writer, state, live, readers, letters)) {
                for (LogEntry entry : log.entries()) {
                    applier.apply(entry);
                }
                List<DocumentOutcome> outcomes = state.outcomes.entries().stream()
                        .map(OutcomeWindow.Entry::outcome)
                        .toList();
                assertThat(outcomes)
                        .extracting(DocumentOutcome::result)
                        .containsExactly(Result.CREATED, Result.REJECTED, Result.REJECTED, Result.CREATED);
                assertThat(outcomes.get(1).reason())
                        .contains("IndexOutOfBounds")
                        .doesNotContain("7");
                assertThat(sent).extracting(DeadLetter::getId).containsExactly("a", "b");
                assertThat(sent.getFirst().getPosition().getOffset()).isEqualTo(2);
                assertThat(sent.getFirst().getReason())
                        .isEqualTo(outcomes.get(1).reason());
                assertThat(sent.getFirst().getOpId().getWriter().getCounter()).isEqualTo(1);
                assertThat(state.documents()).isEqualTo(2);
                assertThat(Objects.requireNonNull(live.find("a")).state().version())
                        .isEqualTo(1);
                readers.refreshVisible();
                assertThat(readers.internal().numDocs()).isEqualTo(2);
            }
        }
    }

    @Test
    void aDocumentThatItsAnalyzerMultipliesWithoutEndIsRejected() throws IOException {
        Analyzers grams = Analyzers.of(AnalysisSettingsParser.parse("""
                {"analyzer":{"grams":{"tokenizer":"grams"}},
                 "tokenizer":{"grams":{"type":"ngram","min_gram":10,"max_gram":40}}}
                """.getBytes(StandardCharsets.UTF_8)));
        TestLog log = new TestLog().mapping(1).index("a", "abc".repeat(100_000)).index("b", "abc".repeat(100));
        try (IndexWriter writer =
                new IndexWriter(CrashingDirectory.newDisk(), new IndexWriterConfig(grams.get("grams")))) {
            ShardState state = new ShardState(CommitPoint.start(TestLog.IDENTITY), TestLog.SCHEMAS, ApplyLogic.LATEST);
            LiveDocuments live = new LiveDocuments();
            PendingLetters letters = new PendingLetters(_ -> CompletableFuture.allOf(), List.of());
            try (ShardReaders readers = new ShardReaders(writer, state, live);
                    RecordApplier applier = new RecordApplier(writer, state, live, readers, letters)) {
                for (LogEntry entry : log.entries()) {
                    applier.apply(entry);
                }
            }
            assertThat(state.outcomes.entries())
                    .extracting(entry -> entry.outcome().result())
                    .containsExactly(Result.REJECTED, Result.CREATED);
            assertThat(state.outcomes.entries().getFirst().outcome().reason())
                    .startsWith("tokens take more than [160000000] bytes");
        }
    }

    @Test
    void aNodeWithoutMemoryRejectsNothing() throws IOException {
        TestLog log = new TestLog().mapping(1).index("a", "fine").index("b", "huge");
        try (IndexWriter writer = new IndexWriter(CrashingDirectory.newDisk(), new IndexWriterConfig(FAULTY))) {
            ShardState state = new ShardState(CommitPoint.start(TestLog.IDENTITY), TestLog.SCHEMAS, ApplyLogic.LATEST);
            LiveDocuments live = new LiveDocuments();
            PendingLetters letters = new PendingLetters(
                    letter -> {
                        throw new AssertionError("a dead letter: " + letter);
                    },
                    List.of());
            try (ShardReaders readers = new ShardReaders(writer, state, live);
                    RecordApplier applier = new RecordApplier(writer, state, live, readers, letters)) {
                applier.apply(log.entries().get(0));
                applier.apply(log.entries().get(1));
                assertThatThrownBy(() -> applier.apply(log.entries().get(2))).isInstanceOf(OutOfMemoryError.class);
                assertThat(state.outcomes.entries()).hasSize(1);
                assertThat(state.nextOffset()).isEqualTo(2);
            }
        }
    }

    /** Nodes that know it decide otherwise, and copies would differ. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatALaterVersionAsksForStopsTheCopy(int place) throws IOException {
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(500, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        LogRecord.Builder record = new TestLog().mapping(1).index("a", "fine").last();
        switch (place) {
            case 0 -> record.clearOperation().setUnknownFields(later);
            case 1 -> record.getOperationBuilder().clearIndex().setUnknownFields(later);
            default -> record.getOperationBuilder().getConditionBuilder().setUnknownFields(later);
        }
        TestLog log = new TestLog().mapping(1).index("a", "fine").add(record).index("b", "fine");
        assertThatThrownBy(() -> applied(log))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("record at offset 2")
                .hasMessageContaining("this version of the node does not know");
    }

    @Test
    void aLiveDocumentHoldsItsSourceAndNotItsRecord() throws IOException {
        TestLog log = new TestLog().add(mapping(1, TITLE, "{}")).withMapping(1).index("a", "first");
        try (ShardCopy copy = applied(log)) {
            BytesRef source =
                    Objects.requireNonNull(Objects.requireNonNull(copy.get("a")).source());
            assertThat(source.bytes).hasSize(source.length);
        }
    }

    @Test
    void documentsOfAMappingThatCannotBeReadAreRejected() throws IOException {
        MappingVersion unreadable = mapping(2, TITLE, "{}").getMapping().toBuilder()
                .setMapping(com.google.protobuf.ByteString.copyFromUtf8("{\"properties\":7}"))
                .build();
        TestLog log = new TestLog()
                .add(mapping(1, TITLE, "{}"))
                .withMapping(1)
                .index("a", "first")
                .add(LogRecord.newBuilder().setMapping(unreadable))
                .withMapping(2)
                .index("b", "second")
                .withMapping(1)
                .index("c", "third")
                .add(mapping(3, TITLE, "{}"))
                .withMapping(3)
                .index("d", "fourth");
        try (ShardCopy copy = applied(log)) {
            assertThat(results(copy)).containsExactly(Result.CREATED, Result.REJECTED, Result.CREATED, Result.CREATED);
            assertThat(outcome(copy, 1).reason()).contains("mapping version [2]");
        }
    }

    /** An index may have such a field from a time when the name was free. */
    @Test
    void aDocumentThatLooksLikeATombstoneIsNotDropped() throws IOException {
        FieldMapping field = FieldMapping.of(SystemField.TOMBSTONE, 1, FieldType.KEYWORD);
        ObjectNode root = new ObjectNode(null, true, Map.of(field.path(), new LeafNode(field, Map.of())));
        Mapping mapping = new Mapping(1, root, 2, true);
        TestLog log = new TestLog()
                .add(LogRecord.newBuilder().setMapping(MappingWire.write(mapping, AnalysisSettings.NONE)))
                .withMapping(1)
                .index("a", "1")
                .dropTombstones(100);
        try (ShardCopy copy = applied(log)) {
            assertThat(results(copy)).containsExactly(Result.CREATED);
            assertThat(CopyContent.of(copy).documents()).containsOnlyKeys("a");
        }
    }

    @Test
    void tombstonesAreDroppedUpToANumber() throws IOException {
        TestLog log = new TestLog()
                .add(mapping(1, TITLE, "{}"))
                .withMapping(1)
                .index("a", "first")
                .delete("b")
                .index("c", "third")
                .delete("c")
                .delete("d")
                .dropTombstones(3);
        try (ShardCopy copy = applied(log)) {
            assertThat(CopyContent.of(copy).documents()).containsOnlyKeys("a", "d");
        }
    }

    private static LogRecord.Builder mapping(long version, String mapping, String analysis) {
        Mapping parsed =
                MappingParser.parse(mapping.getBytes(StandardCharsets.UTF_8)).withVersion(version);
        AnalysisSettings settings = AnalysisSettingsParser.parse(analysis.getBytes(StandardCharsets.UTF_8));
        return LogRecord.newBuilder().setMapping(MappingWire.write(parsed, settings));
    }

    private static ShardCopy applied(TestLog log) throws IOException {
        ShardCopy copy =
                ShardCopy.open(CrashingDirectory.newDisk(), TestLog.IDENTITY, CopySettings.DEFAULT, new LogSchemas());
        copy.apply(log.entries());
        return copy;
    }

    private static List<Result> results(ShardCopy copy) {
        return outcomes(copy).stream()
                .map(outcome -> outcome.outcome().result())
                .toList();
    }

    private static DocumentOutcome outcome(ShardCopy copy, int operation) {
        return outcomes(copy).get(operation).outcome();
    }

    private static List<PositionedOutcome> outcomes(ShardCopy copy) {
        return Objects.requireNonNull(copy.outcomes(0, 100));
    }
}
