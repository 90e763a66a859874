package io.elpis.query.lucene;

import io.elpis.model.schema.FieldMapping;
import io.elpis.protocol.record.Field;
import java.util.List;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;

/** Booleans as the terms {@code T} and {@code F}, which is leaner than points for two values, and as 1 and 0. */
final class BooleanIndexer implements FieldIndexer {
    private static final BytesRef TRUE = new BytesRef("T");
    private static final BytesRef FALSE = new BytesRef("F");

    private final String name;
    private final boolean index;
    private final boolean docValues;

    BooleanIndexer(FieldMapping field) {
        this.name = field.path();
        this.index = field.index();
        this.docValues = field.docValues();
    }

    static BytesRef term(boolean value) {
        return value ? TRUE : FALSE;
    }

    @Override
    public void index(Field values, BytesRef source, List<IndexableField> into) {
        for (int at = 0; at < values.getWholesCount(); at++) {
            boolean value = values.getWholes(at) != 0;
            if (index) {
                into.add(new BytesField(name, term(value), BytesField.TERM));
            }
            if (docValues) {
                into.add(new SortedNumericDocValuesField(name, value ? 1 : 0));
            }
        }
    }
}
