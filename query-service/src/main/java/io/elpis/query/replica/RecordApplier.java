package io.elpis.query.replica;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.DropTombstones;
import io.elpis.protocol.record.IndexAction;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.MappingVersion;
import io.elpis.query.lucene.DocumentBuilder;
import io.elpis.query.lucene.PoisonException;
import io.elpis.query.lucene.SystemField;
import io.elpis.query.replica.DocumentOutcome.Result;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Applies one record after the other: what a record does, given the state the records before it left. Whatever it throws
 * stops the copy; an error that is the record's own becomes the outcome {@code rejected}. For one thread at a time.
 */
final class RecordApplier implements Closeable {
    private static final int RECORD_FORMAT = 1;

    private final IndexWriter writer;
    private final ShardState state;
    private final LiveDocuments live;
    private final ShardReaders readers;
    private final ByteString indexUuid;
    private final DocumentBuilder documents = new DocumentBuilder();
    private @Nullable VersionLookup lookup;

    RecordApplier(IndexWriter writer, ShardState state, LiveDocuments live, ShardReaders readers) {
        this.writer = writer;
        this.state = state;
        this.live = live;
        this.readers = readers;
        this.indexUuid = ByteString.copyFrom(state.log().shard().index().bytes());
    }

    void apply(LogEntry entry) throws IOException {
        LogRecord record = parse(entry);
        if (record == null) {
            settle(
                    entry,
                    null,
                    DocumentOutcome.rejected(new PoisonException("parsing_exception", "unreadable record")));
        } else {
            apply(entry, record);
        }
        state.passed(entry);
    }

    private void apply(LogEntry entry, LogRecord record) throws IOException {
        if (record.getFormatVersion() > RECORD_FORMAT) {
            throw new IOException("record at offset " + entry.offset() + " has format " + record.getFormatVersion()
                    + ", this node reads up to " + RECORD_FORMAT);
        }
        switch (record.getBodyCase()) {
            case OPERATION -> applyOperation(entry, record);
            case MAPPING -> state.read(mapping(record.getMapping()));
            case BARRIER -> {}
            case APPLY_LOGIC -> raiseApplyLogic(record.getApplyLogic().getVersion());
            case DROP_TOMBSTONES -> dropTombstones(record.getDropTombstones());
            case BODY_NOT_SET ->
                settle(entry, null, DocumentOutcome.rejected(new PoisonException("parsing_exception", "empty record")));
        }
    }

    private void applyOperation(LogEntry entry, LogRecord record) throws IOException {
        DocumentOperation operation = record.getOperation();
        OpKey key = null;
        DocumentOutcome outcome;
        try {
            key = OpKey.of(operation.getOpId());
            DocumentOutcome first = state.outcomes.find(key);
            outcome = first != null ? first : operate(record, operation);
        } catch (PoisonException poison) {
            outcome = DocumentOutcome.rejected(poison);
        }
        settle(entry, key, outcome);
    }

    private void settle(LogEntry entry, @Nullable OpKey key, DocumentOutcome outcome) {
        state.outcomes.add(new OutcomeWindow.Entry(entry.offset(), key, outcome));
    }

    private DocumentOutcome operate(LogRecord record, DocumentOperation operation) throws IOException {
        if (!record.getIndexUuid().equals(indexUuid)) {
            throw new PoisonException("illegal_argument_exception", "record of another index");
        }
        ByteString idBytes = operation.getIdBytes();
        if (idBytes.isEmpty() || idBytes.size() > 512) {
            throw new PoisonException("illegal_argument_exception", "id of " + idBytes.size() + " bytes");
        }
        BytesRef id = new BytesRef(idBytes.toByteArray());
        DocumentState found = find(operation.getId(), id);
        DocumentOutcome conflict = Conditions.conflict(operation.getId(), operation.getCondition(), found);
        if (conflict != null) {
            return conflict;
        }
        return switch (operation.getActionCase()) {
            case INDEX -> index(operation, id, found);
            case DELETE -> delete(operation, id, found);
            case UPDATE ->
                throw new PoisonException("illegal_argument_exception", "partial updates need a later apply logic");
            case ACTION_NOT_SET -> throw new PoisonException("illegal_argument_exception", "operation without action");
        };
    }

    private DocumentOutcome index(DocumentOperation operation, BytesRef id, DocumentState found) throws IOException {
        if (operation.getMappingVersion() > state.mappingVersion()) {
            throw new PoisonException(
                    "illegal_argument_exception",
                    "mapping version [" + operation.getMappingVersion() + "] cannot be read, the last that can is ["
                            + state.mappingVersion() + "]");
        }
        IndexAction action = operation.getIndex();
        // Copied: it outlives the record, which is more than twice as large and would stay with it.
        BytesRef source = new BytesRef(action.getSource().toByteArray());
        DocumentBuilder.Stamp stamp = stamp(operation, id, found);
        write(id, found, document(stamp, operation.getRouting(), source, action));
        DocumentState now = DocumentState.live(stamp.seqNo(), stamp.version(), stamp.primaryTerm());
        live.put(operation.getId(), new LiveDocuments.Entry(now, source, operation.getRouting()));
        state.changed(found.exists() ? 0 : 1);
        return outcome(found.exists() ? Result.UPDATED : Result.CREATED, now);
    }

    private List<IndexableField> document(
            DocumentBuilder.Stamp stamp, String routing, BytesRef source, IndexAction action) {
        try {
            return documents.document(stamp, routing, source, action.getFieldsList(), state.schema());
        } catch (PoisonException poison) {
            throw poison;
        } catch (RuntimeException fault) {
            throw poison(fault);
        }
    }

    private DocumentOutcome delete(DocumentOperation operation, BytesRef id, DocumentState found) throws IOException {
        DocumentBuilder.Stamp stamp = stamp(operation, id, found);
        write(id, found, documents.tombstone(stamp));
        DocumentState now = DocumentState.tombstone(stamp.seqNo(), stamp.version(), stamp.primaryTerm());
        live.put(operation.getId(), new LiveDocuments.Entry(now, null, ""));
        state.changed(found.exists() ? -1 : 0);
        return outcome(found.exists() ? Result.DELETED : Result.NOT_FOUND, now);
    }

    private static DocumentOutcome outcome(Result result, DocumentState now) {
        return DocumentOutcome.done(result, now.seqNo(), now.version(), now.primaryTerm());
    }

    private DocumentBuilder.Stamp stamp(DocumentOperation operation, BytesRef id, DocumentState found) {
        return new DocumentBuilder.Stamp(
                id, state.nextSeqNo(), Conditions.version(operation.getCondition(), found), state.generation());
    }

    /**
     * Either the whole document gets into the index or nothing of it. Analysis runs in here, and filters of it throw
     * whatever comes to their minds at texts they were not made for; a fault of the index itself closes the writer.
     */
    private void write(BytesRef id, DocumentState found, List<IndexableField> document) throws IOException {
        try {
            if (found.known()) {
                writer.updateDocument(SystemField.id(id), document);
            } else {
                writer.addDocument(document);
            }
        } catch (AlreadyClosedException stopped) {
            throw stopped;
        } catch (RuntimeException refused) {
            throw writer.isOpen() && !isFull(refused) ? poison(refused) : refused;
        }
    }

    /** Lucene's full index is the only refusal of an open writer that is not the document's fault. */
    private static boolean isFull(RuntimeException refused) {
        return String.valueOf(refused.getMessage()).startsWith("number of documents in the index cannot exceed");
    }

    /** Equal on all copies: a compiled method throws without the message that an interpreted one gives. */
    private static PoisonException poison(RuntimeException fault) {
        String message = fault.getMessage();
        boolean meant = fault instanceof IllegalArgumentException || fault instanceof IllegalStateException;
        return new PoisonException(
                "illegal_argument_exception",
                meant && message != null
                        ? message
                        : "the document cannot be analyzed: " + fault.getClass().getName());
    }

    private DocumentState find(String id, BytesRef idBytes) throws IOException {
        LiveDocuments.Entry entry = live.find(id);
        DocumentState found = entry != null ? entry.state() : committed(idBytes);
        return found.withTombstonesDropped(state.tombstoneFloor());
    }

    private DocumentState committed(BytesRef id) throws IOException {
        VersionLookup.Found found = lookup().find(id);
        return found == null ? DocumentState.NOTHING : found.state();
    }

    /** Keeps the reader it looks into open until the next one. */
    private VersionLookup lookup() throws IOException {
        VersionLookup present = lookup;
        if (present != null && present.reader() == readers.internal()) {
            return present;
        }
        DirectoryReader reader = readers.acquireInternal();
        lookup = new VersionLookup(reader, present);
        if (present != null) {
            present.reader().decRef();
        }
        return lookup;
    }

    @Override
    public void close() throws IOException {
        if (lookup != null) {
            lookup.reader().decRef();
            lookup = null;
        }
    }

    private void raiseApplyLogic(int version) throws IOException {
        if (version > ApplyLogic.FIRST.version()) {
            throw new IOException(
                    "the log asks for apply logic " + version + ", this node has " + ApplyLogic.FIRST.version());
        }
        state.raiseApplyLogic(version);
    }

    private void dropTombstones(DropTombstones drop) throws IOException {
        state.raiseTombstoneFloor(drop.getUpToSeqNo());
        writer.deleteDocuments(new BooleanQuery.Builder()
                .add(new TermQuery(SystemField.ANY_TOMBSTONE), Occur.FILTER)
                .add(NumericDocValuesField.newSlowRangeQuery(SystemField.SEQ_NO, 0, drop.getUpToSeqNo()), Occur.FILTER)
                .build());
    }

    private static MappingState mapping(MappingVersion record) {
        // Copied: the record's array is much larger and would stay for as long as the mapping does.
        return new MappingState(
                record.getVersion(),
                ByteString.copyFrom(record.getMapping().toByteArray()),
                ByteString.copyFrom(record.getAnalysis().toByteArray()));
    }

    /** Byte strings of the record share the entry's array. */
    private static @Nullable LogRecord parse(LogEntry entry) {
        CodedInputStream in = UnsafeByteOperations.unsafeWrap(entry.value()).newCodedInput();
        in.enableAliasing(true);
        try {
            return LogRecord.parseFrom(in);
        } catch (InvalidProtocolBufferException unreadable) {
            return null;
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory failed", impossible);
        }
    }
}
