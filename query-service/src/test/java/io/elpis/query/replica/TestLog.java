package io.elpis.query.replica;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.elpis.analysis.Analyzers;
import io.elpis.model.document.ParsedDocument;
import io.elpis.model.schema.AnalysisSettings;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingNode.LeafNode;
import io.elpis.model.schema.MappingNode.ObjectNode;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.ApplyLogicVersion;
import io.elpis.protocol.record.AuditBarrier;
import io.elpis.protocol.record.Barrier;
import io.elpis.protocol.record.Condition;
import io.elpis.protocol.record.DeleteAction;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.DocumentWire;
import io.elpis.protocol.record.DropTombstones;
import io.elpis.protocol.record.Field;
import io.elpis.protocol.record.IndexAction;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.MappingVersion;
import io.elpis.protocol.record.OpId;
import io.elpis.protocol.record.UpdateAction;
import io.elpis.protocol.record.WriterOp;
import io.elpis.query.lucene.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Builds a log record by record. Documents have a text {@code title} (field 1) and a whole number {@code size} (2). */
public final class TestLog {
    public static final ShardId SHARD = new ShardId(new IndexUuid(new UUID(1, 2)), 0);
    public static final LogIdentity IDENTITY = new LogIdentity(SHARD, new UUID(3, 4), 1);

    private static final ByteString WRITER = ByteString.copyFrom(new byte[16]);

    /** Mapping versions below 9 know {@code title} only. */
    public static final SchemaReader SCHEMAS = TestLog::schema;

    private final List<LogEntry> entries = new ArrayList<>();
    private long counter;
    private long mappingVersion;

    public static Schema schema(MappingState state) {
        Map<String, io.elpis.model.schema.MappingNode> leaves = new java.util.LinkedHashMap<>();
        leaves.put("title", leaf("title", 1, FieldType.TEXT));
        if (state.version() >= 9) {
            leaves.put("size", leaf("size", 2, FieldType.LONG));
            leaves.put("tag", leaf("tag", 3, FieldType.KEYWORD));
            LeafNode color = leaf("meta.color", 4, FieldType.KEYWORD);
            leaves.put("meta", new ObjectNode(null, true, Map.of("color", color)));
        }
        return new Schema(
                new Mapping(state.version(), new ObjectNode(null, true, leaves), 10, true),
                Analyzers.of(AnalysisSettings.NONE));
    }

    private static LeafNode leaf(String path, int number, FieldType type) {
        return new LeafNode(FieldMapping.of(path, number, type), Map.of());
    }

    public List<LogEntry> entries() {
        return List.copyOf(entries);
    }

    public long end() {
        return entries.size();
    }

    public TestLog mapping(long version) {
        return add(LogRecord.newBuilder()
                .setMapping(MappingVersion.newBuilder()
                        .setVersion(version)
                        .setMapping(ByteString.copyFromUtf8("{\"v\":" + version + "}"))
                        .setAnalysis(ByteString.copyFromUtf8("{}"))));
    }

    /** The mapping that the operations from here on were made with. */
    public TestLog withMapping(long version) {
        mappingVersion = version;
        return this;
    }

    public TestLog index(String id, String title) {
        return operation(index(id, title, Condition.getDefaultInstance()));
    }

    public TestLog document(String id, ParsedDocument document) {
        return operation(DocumentOperation.newBuilder().setId(id).setIndex(DocumentWire.write(document)));
    }

    public TestLog routed(String id, String title, String routing) {
        return operation(index(id, title, Condition.getDefaultInstance()).setRouting(routing));
    }

    public TestLog create(String id, String title) {
        return operation(index(id, title, Condition.newBuilder().setAbsent(true).build()));
    }

    public TestLog indexIf(String id, String title, Condition condition) {
        return operation(index(id, title, condition));
    }

    public TestLog update(String id, UpdateAction.Builder update) {
        return updateIf(id, update, Condition.getDefaultInstance());
    }

    public TestLog updateIf(String id, UpdateAction.Builder update, Condition condition) {
        return operation(
                DocumentOperation.newBuilder().setId(id).setCondition(condition).setUpdate(update));
    }

    /** An update that changes nothing where nothing changes. */
    public static UpdateAction.Builder doc(String json) {
        return UpdateAction.newBuilder().setDoc(ByteString.copyFromUtf8(json)).setDetectNoop(true);
    }

    public static UpdateAction.Builder upsert(String json) {
        return UpdateAction.newBuilder().setUpsert(ByteString.copyFromUtf8(json));
    }

    public TestLog applyLogic(int version) {
        return add(LogRecord.newBuilder()
                .setApplyLogic(ApplyLogicVersion.newBuilder().setVersion(version)));
    }

    public TestLog delete(String id) {
        return deleteIf(id, Condition.getDefaultInstance());
    }

    public TestLog deleteIf(String id, Condition condition) {
        return operation(DocumentOperation.newBuilder()
                .setId(id)
                .setCondition(condition)
                .setDelete(DeleteAction.getDefaultInstance()));
    }

    public TestLog sized(String id, String title, long size, String tag) {
        DocumentOperation.Builder operation = index(id, title, Condition.getDefaultInstance());
        operation
                .getIndexBuilder()
                .addFields(Field.newBuilder().setNumber(2).addWholes(size))
                .addFields(Field.newBuilder().setNumber(3).addTexts(tag));
        return operation(operation);
    }

    /** The operation at an offset once more, as a writer sends it again that got no answer. */
    public TestLog again(int offset) {
        return raw(entries.get(offset).value());
    }

    public TestLog unknownField(String id) {
        DocumentOperation.Builder operation = index(id, "poison", Condition.getDefaultInstance());
        operation.getIndexBuilder().addFields(Field.newBuilder().setNumber(8).addTexts("x"));
        return operation(operation);
    }

    public TestLog spanOutside(String id) {
        DocumentOperation.Builder operation = DocumentOperation.newBuilder()
                .setId(id)
                .setIndex(IndexAction.newBuilder()
                        .setSource(ByteString.copyFromUtf8("{}"))
                        .addFields(Field.newBuilder().setNumber(1).addSpans(1).addSpans(100)));
        return operation(operation);
    }

    /** The last record, to make another of. */
    public LogRecord.Builder last() {
        try {
            return LogRecord.parseFrom(entries.getLast().value()).toBuilder();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** The last record, which is as if it had not been. */
    public LogRecord.Builder takeLast() {
        LogRecord.Builder taken = last();
        entries.removeLast();
        return taken;
    }

    public TestLog garbage() {
        return raw("no record".getBytes(StandardCharsets.UTF_8));
    }

    /** A record as its bytes are. */
    public TestLog raw(byte[] value) {
        entries.add(new LogEntry(entries.size(), 7, value));
        return this;
    }

    public TestLog dropTombstones(long upToSeqNo) {
        return add(LogRecord.newBuilder()
                .setDropTombstones(DropTombstones.newBuilder().setUpToSeqNo(upToSeqNo)));
    }

    /** A barrier at which copies remember what they hold. */
    public TestLog mark() {
        return add(LogRecord.newBuilder().setBarrier(AuditBarrier.of(new UUID(5, end()))));
    }

    public TestLog barrier(String id) {
        return add(LogRecord.newBuilder().setBarrier(Barrier.newBuilder().setBarrierId(ByteString.copyFromUtf8(id))));
    }

    public TestLog add(LogRecord.Builder record) {
        byte[] value = record.setFormatVersion(1)
                .setIndexUuid(ByteString.copyFrom(SHARD.index().bytes()))
                .build()
                .toByteArray();
        return raw(value);
    }

    private TestLog operation(DocumentOperation.Builder operation) {
        WriterOp op = WriterOp.newBuilder()
                .setWriterUuid(WRITER)
                .setCounter(counter++)
                .build();
        return add(LogRecord.newBuilder()
                .setOperation(operation
                        .setMappingVersion(mappingVersion)
                        .setOpId(OpId.newBuilder().setWriter(op))));
    }

    private static DocumentOperation.Builder index(String id, String title, Condition condition) {
        String source = "{\"title\":\"" + title + "\"}";
        return DocumentOperation.newBuilder()
                .setId(id)
                .setCondition(condition)
                .setIndex(IndexAction.newBuilder()
                        .setSource(ByteString.copyFromUtf8(source))
                        .addFields(Field.newBuilder()
                                .setNumber(1)
                                .addSpans(10)
                                .addSpans(title.getBytes(StandardCharsets.UTF_8).length)));
    }
}
