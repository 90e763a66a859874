package io.elpis.query.replica;

import io.elpis.query.lucene.SystemField;
import java.io.IOException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.StoredFieldVisitor;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads whole documents out of a reader. */
public final class DocumentReader {
    private DocumentReader() {}

    /** The live document of this id; null when there is none. */
    public static @Nullable StoredDocument read(DirectoryReader reader, String id) throws IOException {
        VersionLookup.Found found = new VersionLookup(reader, null).find(new BytesRef(id));
        return found == null || found.isTombstone()
                ? null
                : verified(found.leaf().reader(), found.doc());
    }

    /** @param doc within the leaf */
    static StoredDocument verified(LeafReader leaf, int doc) throws IOException {
        return verified(leaf.storedFields(), doc, leaf, doc);
    }

    /**
     * As {@link #read}, for whoever builds on what is read: Lucene checks no sums of stored fields when it reads them.
     *
     * @throws CorruptIndexException when the source or the routing is not what was once stored
     */
    public static StoredDocument verified(StoredFields stored, int storedDoc, LeafReader leaf, int doc)
            throws IOException {
        StoredDocument document;
        try {
            document = read(stored, storedDoc, leaf, doc, true);
        } catch (AlreadyClosedException ended) {
            throw ended;
        } catch (RuntimeException undecodable) {
            throw new CorruptIndexException("document " + doc + " that cannot be read", leaf.toString(), undecodable);
        }
        BytesRef source = document.source();
        if (source == null || Digest.content(source, document.routing()) != value(leaf, doc, SystemField.CONTENT)) {
            throw new CorruptIndexException(
                    "document " + doc + " with another source than was stored", leaf.toString());
        }
        return document;
    }

    /**
     * @param stored of a reader, best kept for several documents: each has buffers of its own
     * @param storedDoc the document within that reader
     * @param doc within the leaf
     * @param numbers whether version, sequence number and primary term are wanted; 0 otherwise
     */
    public static StoredDocument read(StoredFields stored, int storedDoc, LeafReader leaf, int doc, boolean numbers)
            throws IOException {
        Content content = new Content();
        stored.document(storedDoc, content);
        if (!numbers) {
            return new StoredDocument(content.source, content.routing, 0, 0, 0);
        }
        return new StoredDocument(
                content.source,
                content.routing,
                value(leaf, doc, SystemField.VERSION),
                value(leaf, doc, SystemField.SEQ_NO),
                value(leaf, doc, SystemField.PRIMARY_TERM));
    }

    private static long value(LeafReader leaf, int doc, String field) throws IOException {
        NumericDocValues values = leaf.getNumericDocValues(field);
        if (values == null || !values.advanceExact(doc)) {
            throw new IllegalStateException("document " + doc + " without " + field);
        }
        return values.longValue();
    }

    private static final class Content extends StoredFieldVisitor {
        @Nullable
        BytesRef source;

        String routing = "";

        @Override
        public Status needsField(FieldInfo field) {
            return Status.YES;
        }

        @Override
        public void binaryField(FieldInfo field, byte[] value) {
            if (field.name.equals(SystemField.SOURCE)) {
                source = new BytesRef(value);
            }
        }

        @Override
        public void stringField(FieldInfo field, String value) {
            if (field.name.equals(SystemField.ROUTING)) {
                routing = value;
            }
        }
    }
}
