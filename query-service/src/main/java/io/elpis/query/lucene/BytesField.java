package io.elpis.query.lucene;

import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.InvertableType;
import org.apache.lucene.document.StoredValue;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Bytes that are one term as they are, a doc value, or both. */
final class BytesField extends Field {
    static final FieldType TERM = type(true, DocValuesType.NONE);
    static final FieldType TERM_AND_BINARY = type(true, DocValuesType.BINARY);
    static final FieldType TERM_AND_SORTED_SET = type(true, DocValuesType.SORTED_SET);
    static final FieldType SORTED_SET = type(false, DocValuesType.SORTED_SET);

    BytesField(String name, BytesRef value, FieldType type) {
        super(name, value, type);
    }

    @Override
    public InvertableType invertableType() {
        return InvertableType.BINARY;
    }

    @Override
    public @Nullable StoredValue storedValue() {
        return null;
    }

    private static FieldType type(boolean indexed, DocValuesType docValues) {
        FieldType type = new FieldType();
        type.setTokenized(false);
        type.setOmitNorms(true);
        type.setIndexOptions(indexed ? IndexOptions.DOCS : IndexOptions.NONE);
        type.setDocValuesType(docValues);
        type.freeze();
        return type;
    }
}
