package io.elpis.query.lucene;

import io.elpis.model.result.TieHash;
import io.elpis.protocol.record.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;

/**
 * Makes Lucene documents of log records. The fields every document has, and the list that is returned, are reused: a
 * document is valid until the next is built. For one thread at a time.
 */
public final class DocumentBuilder {
    private static final BytesRef NOTHING = new BytesRef();

    private final BytesField id = new BytesField(SystemField.ID, new BytesRef(), BytesField.TERM_AND_BINARY);
    private final NumericDocValuesField seqNo = new NumericDocValuesField(SystemField.SEQ_NO, 0);
    private final NumericDocValuesField version = new NumericDocValuesField(SystemField.VERSION, 0);
    private final NumericDocValuesField primaryTerm = new NumericDocValuesField(SystemField.PRIMARY_TERM, 0);
    private final NumericDocValuesField tie = new NumericDocValuesField(SystemField.TIE, 0);
    private final NumericDocValuesField content = new NumericDocValuesField(SystemField.CONTENT, 0);
    private final StoredField source = new StoredField(SystemField.SOURCE, new BytesRef());
    private final BytesField tombstoneTerm = new BytesField(SystemField.TOMBSTONE, new BytesRef("1"), BytesField.TERM);
    private final NumericDocValuesField tombstone = new NumericDocValuesField(SystemField.TOMBSTONE, 1);
    private final List<IndexableField> document = new ArrayList<>();

    /**
     * What an operation stamps on its document.
     *
     * @param id in UTF-8, with an array of its own
     */
    public record Stamp(BytesRef id, long seqNo, long version, long primaryTerm) {}

    /**
     * @param routing empty where the id itself routed the document
     * @param contentHash of source and routing
     * @throws PoisonException when the values do not fit the schema
     */
    public List<IndexableField> document(
            Stamp stamp, String routing, BytesRef sourceBytes, long contentHash, List<Field> fields, Schema schema) {
        stamp(stamp);
        content.setLongValue(contentHash);
        document.add(content);
        source.setBytesValue(sourceBytes);
        document.add(source);
        if (!routing.isEmpty()) {
            document.add(new StoredField(SystemField.ROUTING, routing));
        }
        for (int at = 0; at < fields.size(); at++) {
            Field values = fields.get(at);
            schema.indexer(values.getNumber()).index(values, sourceBytes, document);
        }
        return document;
    }

    /** The mark of a deleted document: no search on mapped fields finds it, no term statistics count it. */
    public List<IndexableField> tombstone(Stamp stamp) {
        stamp(stamp);
        document.add(tombstoneTerm);
        document.add(tombstone);
        return document;
    }

    /** Lets go of the last document's values, which may be large: the next may be long in coming. */
    public void release() {
        document.clear();
        source.setBytesValue(NOTHING);
    }

    private void stamp(Stamp stamp) {
        document.clear();
        id.setBytesValue(stamp.id());
        seqNo.setLongValue(stamp.seqNo());
        version.setLongValue(stamp.version());
        primaryTerm.setLongValue(stamp.primaryTerm());
        tie.setLongValue(SystemField.tie(TieHash.of(stamp.id().bytes)));
        document.add(id);
        document.add(seqNo);
        document.add(version);
        document.add(primaryTerm);
        document.add(tie);
    }
}
