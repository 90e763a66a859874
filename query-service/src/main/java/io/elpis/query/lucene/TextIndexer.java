package io.elpis.query.lucene;

import io.elpis.model.schema.FieldMapping;
import io.elpis.protocol.record.Field;
import java.util.List;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;

/** Analyzed text with positions. */
final class TextIndexer implements FieldIndexer {
    private static final FieldType WITH_NORMS = type(true);
    private static final FieldType WITHOUT_NORMS = type(false);

    private final String name;
    private final FieldType type;
    private final boolean indexed;

    TextIndexer(FieldMapping field) {
        this.name = field.path();
        this.type = field.norms() ? WITH_NORMS : WITHOUT_NORMS;
        this.indexed = field.index();
    }

    @Override
    public void index(Field values, BytesRef source, List<IndexableField> into) {
        if (!indexed) {
            return;
        }
        int spans = FieldIndexer.spans(values);
        for (int pair = 0; pair < spans; pair++) {
            add(FieldIndexer.text(FieldIndexer.span(values, pair, source)), into);
        }
        for (int at = 0; at < values.getTextsCount(); at++) {
            add(values.getTexts(at), into);
        }
    }

    private void add(String text, List<IndexableField> into) {
        into.add(new TextValue(name, text, type));
    }

    private static FieldType type(boolean norms) {
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        type.setTokenized(true);
        type.setOmitNorms(!norms);
        type.freeze();
        return type;
    }
}
