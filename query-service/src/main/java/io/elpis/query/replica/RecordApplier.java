package io.elpis.query.replica;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.elpis.model.document.ParsedDocument;
import io.elpis.protocol.record.AuditBarrier;
import io.elpis.protocol.record.Barrier;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.DocumentWire;
import io.elpis.protocol.record.DropTombstones;
import io.elpis.protocol.record.IndexAction;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.MappingVersion;
import io.elpis.query.lucene.PoisonException;
import io.elpis.query.lucene.SystemField;
import io.elpis.query.replica.DocumentOutcome.Result;
import java.io.Closeable;
import java.io.IOException;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Applies one record after the other: what a record does, given the state the records before it left. Whatever it throws
 * stops the copy; an error that is the record's own becomes the outcome {@code rejected}. For one thread at a time.
 */
final class RecordApplier implements Closeable {
    private final IndexWriter index;
    private final ShardState state;
    private final CurrentDocuments documents;
    private final DocumentWriter writer;
    private final ByteString indexUuid;
    private final PendingLetters letters;

    RecordApplier(
            IndexWriter index, ShardState state, LiveDocuments live, ShardReaders readers, PendingLetters letters) {
        this.letters = letters;
        this.index = index;
        this.state = state;
        this.documents = new CurrentDocuments(state, live, readers);
        this.writer = new DocumentWriter(index, state, live);
        this.indexUuid = ByteString.copyFrom(state.log().shard().index().bytes());
    }

    void apply(LogEntry entry) throws IOException {
        state.begins(entry);
        LogRecord record = parse(entry);
        if (record == null) {
            rejectWhole(entry, "unreadable record");
        } else {
            apply(entry, record);
        }
        state.passed(entry);
    }

    private void apply(LogEntry entry, LogRecord record) throws IOException {
        KnownRecords.require(entry, record);
        switch (record.getBodyCase()) {
            case OPERATION -> applyOperation(entry, record);
            case MAPPING -> state.read(mapping(record.getMapping()));
            case BARRIER -> mark(entry.offset(), record.getBarrier());
            case APPLY_LOGIC -> state.raiseApplyLogic(record.getApplyLogic().getVersion());
            case DROP_TOMBSTONES -> dropTombstones(record.getDropTombstones());
            case BODY_NOT_SET -> rejectWhole(entry, "empty record");
        }
    }

    private void mark(long offset, Barrier barrier) {
        if (AuditBarrier.is(barrier)) {
            state.mark(offset, barrier);
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
            letters.add(DeadLetters.of(state.log(), entry, operation, outcome));
        }
        settle(entry, key, outcome);
    }

    private void rejectWhole(LogEntry entry, String why) {
        DocumentOutcome outcome = DocumentOutcome.rejected(new PoisonException("parsing_exception", why));
        letters.add(DeadLetters.of(state.log(), entry, null, outcome));
        settle(entry, null, outcome);
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
        CurrentDocuments.Current current = documents.find(operation.getId(), id);
        DocumentState found = current.state();
        DocumentOutcome conflict = Conditions.conflict(operation.getId(), operation.getCondition(), found);
        if (conflict != null) {
            return conflict;
        }
        DocumentChange change = new DocumentChange(operation, id, found);
        return switch (operation.getActionCase()) {
            case INDEX -> index(change);
            case DELETE -> writer.delete(change);
            case UPDATE -> update(change, current);
            case ACTION_NOT_SET -> throw new PoisonException("illegal_argument_exception", "operation without action");
        };
    }

    private DocumentOutcome index(DocumentChange change) throws IOException {
        DocumentOperation operation = change.operation();
        requireMapping(operation);
        IndexAction action = operation.getIndex();
        // Copied: it outlives the record, which is more than twice as large and would stay with it.
        BytesRef source = new BytesRef(action.getSource().toByteArray());
        return writer.store(change, operation.getRouting(), source, action.getFieldsList());
    }

    private DocumentOutcome update(DocumentChange change, CurrentDocuments.Current current) throws IOException {
        DocumentOperation operation = change.operation();
        state.requireApplyLogic(ApplyLogic.PARTIAL_UPDATES, "partial updates");
        requireMapping(operation);
        StoredDocument before = current.read();
        BytesRef source = before == null ? null : before.source();
        return switch (PartialUpdate.of(
                operation.getUpdate(), operation.getId(), source, state.schema().mapping())) {
            case PartialUpdate.Unchanged() -> DocumentOutcome.done(Result.NOOP, change.found());
            case PartialUpdate.Missing() -> DocumentOutcome.missing(operation.getId());
            case PartialUpdate.Store(ParsedDocument after) ->
                writer.store(
                        change,
                        operation.getRouting().isEmpty() && before != null ? before.routing() : operation.getRouting(),
                        new BytesRef(after.source()),
                        DocumentWire.write(after).getFieldsList());
        };
    }

    private void requireMapping(DocumentOperation operation) {
        if (operation.getMappingVersion() > state.mappingVersion()) {
            throw new PoisonException(
                    "illegal_argument_exception",
                    "mapping version [" + operation.getMappingVersion() + "] cannot be read, the last that can is ["
                            + state.mappingVersion() + "]");
        }
    }

    private void dropTombstones(DropTombstones drop) throws IOException {
        state.raiseTombstoneFloor(drop.getUpToSeqNo());
        index.deleteDocuments(new BooleanQuery.Builder()
                .add(new TermQuery(SystemField.ANY_TOMBSTONE), Occur.FILTER)
                // Every document has one, and no tombstone: a field of the tombstone's name alone makes none.
                .add(new FieldExistsQuery(SystemField.CONTENT), Occur.MUST_NOT)
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

    @Override
    public void close() throws IOException {
        documents.close();
    }
}
