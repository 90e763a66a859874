package io.elpis.query.replica;

import io.elpis.analysis.budget.AnalysisBudget;
import io.elpis.protocol.record.Field;
import io.elpis.query.lucene.DocumentBuilder;
import io.elpis.query.lucene.PoisonException;
import io.elpis.query.lucene.SystemField;
import io.elpis.query.replica.DocumentOutcome.Result;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.BytesRef;

/** Puts whole documents and tombstones into the index and among the live documents. For one thread at a time. */
final class DocumentWriter {
    private final IndexWriter writer;
    private final ShardState state;
    private final LiveDocuments live;
    private final DocumentBuilder documents = new DocumentBuilder();

    DocumentWriter(IndexWriter writer, ShardState state, LiveDocuments live) {
        this.writer = writer;
        this.state = state;
        this.live = live;
    }

    /**
     * @param source with an array of its own; outlives the record
     * @throws PoisonException when the values do not fit the schema or cannot be analyzed
     */
    DocumentOutcome store(DocumentChange change, String routing, BytesRef source, List<Field> fields)
            throws IOException {
        DocumentBuilder.Stamp stamp = change.stamp(state);
        long content = Digest.content(source, routing);
        write(change, document(stamp, routing, source, content, fields));
        DocumentState now = DocumentState.live(stamp.seqNo(), stamp.version(), stamp.primaryTerm(), content);
        boolean existed = change.found().exists();
        live.put(change.operation().getId(), new LiveDocuments.Entry(now, source, routing));
        state.changed(change.id(), change.found(), now);
        return DocumentOutcome.done(existed ? Result.UPDATED : Result.CREATED, now);
    }

    DocumentOutcome delete(DocumentChange change) throws IOException {
        DocumentBuilder.Stamp stamp = change.stamp(state);
        write(change, documents.tombstone(stamp));
        DocumentState now = DocumentState.tombstone(stamp.seqNo(), stamp.version(), stamp.primaryTerm());
        boolean existed = change.found().exists();
        live.put(change.operation().getId(), new LiveDocuments.Entry(now, null, ""));
        state.changed(change.id(), change.found(), now);
        return DocumentOutcome.done(existed ? Result.DELETED : Result.NOT_FOUND, now);
    }

    private List<IndexableField> document(
            DocumentBuilder.Stamp stamp, String routing, BytesRef source, long content, List<Field> fields) {
        try {
            return documents.document(stamp, routing, source, content, fields, state.schema());
        } catch (PoisonException poison) {
            throw poison;
        } catch (RuntimeException fault) {
            throw PoisonException.of(fault);
        }
    }

    /**
     * Either the whole document gets into the index or nothing of it. Analysis runs in here, within one budget for all
     * texts of the document, and filters of it throw whatever comes to their minds at texts they were not made for; a
     * fault of the index itself closes the writer.
     */
    private void write(DocumentChange change, List<IndexableField> document) throws IOException {
        try {
            new AnalysisBudget()
                    .<Long, IOException>share(() -> change.found().known()
                            ? writer.updateDocument(SystemField.id(change.id()), document)
                            : writer.addDocument(document));
        } catch (AlreadyClosedException stopped) {
            throw stopped;
        } catch (RuntimeException refused) {
            throw writer.isOpen() && !isFull(refused) ? PoisonException.of(refused) : refused;
        } finally {
            documents.release();
        }
    }

    /** Lucene's full index is the only refusal of an open writer that is not the document's fault. */
    private static boolean isFull(RuntimeException refused) {
        return String.valueOf(refused.getMessage()).startsWith("number of documents in the index cannot exceed");
    }
}
