package io.elpis.query.lucene;

import io.elpis.model.result.SortValue;
import io.elpis.model.schema.FieldType;
import io.elpis.model.search.SortKey;
import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.util.NumericUtils;

/** Reads what a sort key found in a document: the value itself, where Lucene's own answer hides that there is none. */
public final class SortValues {
    private SortValues() {}

    /**
     * @param type the field's
     * @param absent told of a document without a value
     * @param doc within the leaf
     */
    public static SortValue read(SortKey.ByField key, FieldType type, SortValue absent, LeafReader leaf, int doc)
            throws IOException {
        if (type == FieldType.KEYWORD) {
            return text(DocValues.getSortedSet(leaf, key.field()), doc, SortTranslator.isGreatest(key), absent);
        }
        NumericDocValues values = numbers(key, type, DocValues.getSortedNumeric(leaf, key.field()));
        if (!values.advanceExact(doc)) {
            return absent;
        }
        long value = values.longValue();
        return switch (type) {
            case DOUBLE -> new SortValue.Decimal(NumericUtils.sortableLongToDouble(value));
            case FLOAT -> new SortValue.Decimal(shortest(NumericUtils.sortableIntToFloat((int) value)));
            default -> new SortValue.Whole(value);
        };
    }

    private static NumericDocValues numbers(SortKey.ByField key, FieldType type, SortedNumericDocValues values) {
        if (CombinedNumbers.isOf(key.mode())) {
            return new CombinedNumbers(values, key.mode(), type);
        }
        // As whole numbers, which leaves their encoding as it is.
        return SortedNumericSelector.wrap(
                values,
                SortTranslator.isGreatest(key) ? SortedNumericSelector.Type.MAX : SortedNumericSelector.Type.MIN,
                SortField.Type.LONG);
    }

    /** The double that prints as the float does. */
    static double shortest(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    private static SortValue text(SortedSetDocValues values, int doc, boolean greatest, SortValue absent)
            throws IOException {
        if (!values.advanceExact(doc)) {
            return absent;
        }
        long ord = values.nextOrd();
        for (int left = values.docValueCount() - 1; greatest && left > 0; left--) {
            ord = values.nextOrd();
        }
        return new SortValue.Text(values.lookupOrd(ord).utf8ToString());
    }
}
