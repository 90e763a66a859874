package io.elpis.query.lucene;

import io.elpis.model.schema.FieldMapping;
import io.elpis.protocol.record.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;

/** Makes the Lucene fields of one mapped field's values. */
interface FieldIndexer {

    /**
     * @param source the bytes that spans point into
     * @throws PoisonException when the values do not fit the field
     */
    void index(Field values, BytesRef source, List<IndexableField> into);

    static FieldIndexer of(FieldMapping field) {
        return switch (field.type()) {
            case TEXT -> new TextIndexer(field);
            case KEYWORD -> new KeywordIndexer(field);
            case LONG, INTEGER, SHORT, BYTE, DATE -> new NumberIndexer.Wholes(field);
            case DOUBLE -> new NumberIndexer.Doubles(field);
            case FLOAT -> new NumberIndexer.Floats(field);
            case BOOLEAN -> new BooleanIndexer(field);
            case OBJECT -> throw new IllegalArgumentException("an object has no values of its own: " + field.path());
        };
    }

    /** The bytes of one span, shared with the source. */
    static BytesRef span(Field values, int pair, BytesRef source) {
        int offset = values.getSpans(2 * pair);
        int length = values.getSpans(2 * pair + 1);
        if (offset < 0 || length < 0 || offset > source.length - length) {
            throw new PoisonException(
                    "illegal_argument_exception",
                    "span [" + offset + ", " + length + "] is outside of the source of " + source.length + " bytes");
        }
        return new BytesRef(source.bytes, source.offset + offset, length);
    }

    static String text(BytesRef bytes) {
        return new String(bytes.bytes, bytes.offset, bytes.length, StandardCharsets.UTF_8);
    }

    static int spans(Field values) {
        int count = values.getSpansCount();
        if ((count & 1) != 0) {
            throw new PoisonException("illegal_argument_exception", "odd number of span bounds: " + count);
        }
        return count / 2;
    }
}
