package io.elpis.query.lucene;

import io.elpis.model.schema.FieldMapping;
import io.elpis.protocol.record.Field;
import java.util.List;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Values that are one term each. */
final class KeywordIndexer implements FieldIndexer {
    private final String name;
    private final int ignoreAbove;
    private final @Nullable FieldType type;

    KeywordIndexer(FieldMapping field) {
        this.name = field.path();
        this.ignoreAbove = field.ignoreAbove();
        this.type = type(field.index(), field.docValues());
    }

    private static @Nullable FieldType type(boolean index, boolean docValues) {
        if (index) {
            return docValues ? BytesField.TERM_AND_SORTED_SET : BytesField.TERM;
        }
        return docValues ? BytesField.SORTED_SET : null;
    }

    @Override
    public void index(Field values, BytesRef source, List<IndexableField> into) {
        if (type == null) {
            return;
        }
        int spans = FieldIndexer.spans(values);
        for (int pair = 0; pair < spans; pair++) {
            add(FieldIndexer.span(values, pair, source), type, into);
        }
        for (int at = 0; at < values.getTextsCount(); at++) {
            add(new BytesRef(values.getTexts(at)), type, into);
        }
    }

    private void add(BytesRef value, FieldType as, List<IndexableField> into) {
        if (value.length > ignoreAbove && FieldIndexer.text(value).length() > ignoreAbove) {
            return;
        }
        if (value.length > IndexWriter.MAX_TERM_LENGTH) {
            throw new PoisonException(
                    "illegal_argument_exception",
                    "Document contains at least one immense term in field=\"" + name
                            + "\" (whose UTF8 encoding is longer than the max length " + IndexWriter.MAX_TERM_LENGTH
                            + "), its length was " + value.length);
        }
        into.add(new BytesField(name, value, as));
    }
}
