package io.elpis.query.lucene;

import io.elpis.model.schema.FieldType;
import io.elpis.model.search.SortMode;
import java.io.IOException;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.util.NumericUtils;

/** Makes one number of each document's several, encoded as these are. */
final class CombinedNumbers extends NumericDocValues {
    private static final long LOW_HALF = 0xffff_ffffL;

    private final SortedNumericDocValues values;
    private final SortMode mode;
    private final FieldType type;
    private long combined;

    /** @param mode one that {@link #isOf} */
    CombinedNumbers(SortedNumericDocValues values, SortMode mode, FieldType type) {
        this.values = values;
        this.mode = mode;
        this.type = type;
    }

    /** Whether the mode makes a number rather than choosing one. */
    static boolean isOf(SortMode mode) {
        return switch (mode) {
            case SUM, AVG, MEDIAN -> true;
            case DEFAULT, MIN, MAX -> false;
        };
    }

    @Override
    public boolean advanceExact(int doc) throws IOException {
        boolean found = values.advanceExact(doc);
        if (found) {
            combined = combine();
        }
        return found;
    }

    @Override
    public int nextDoc() throws IOException {
        return moved(values.nextDoc());
    }

    @Override
    public int advance(int doc) throws IOException {
        return moved(values.advance(doc));
    }

    private int moved(int doc) throws IOException {
        if (doc != NO_MORE_DOCS) {
            combined = combine();
        }
        return doc;
    }

    @Override
    public int docID() {
        return values.docID();
    }

    @Override
    public long cost() {
        return values.cost();
    }

    @Override
    public long longValue() {
        return combined;
    }

    private long combine() throws IOException {
        return switch (type) {
            // Of the two zeros always the same one.
            case DOUBLE -> NumericUtils.doubleToSortableLong(decimal() + 0.0);
            case FLOAT -> NumericUtils.floatToSortableInt((float) (decimal() + 0.0));
            default -> whole();
        };
    }

    private double decimal() throws IOException {
        int count = values.docValueCount();
        if (mode == SortMode.MEDIAN) {
            skip((count - 1) / 2);
            double middle = nextDecimal();
            return count % 2 == 0 ? (middle + nextDecimal()) / 2 : middle;
        }
        double total = 0;
        for (int at = 0; at < count; at++) {
            total += nextDecimal();
        }
        return mode == SortMode.AVG ? total / count : total;
    }

    private double nextDecimal() throws IOException {
        long stored = values.nextValue();
        return type == FieldType.FLOAT
                ? NumericUtils.sortableIntToFloat((int) stored)
                : NumericUtils.sortableLongToDouble(stored);
    }

    private long whole() throws IOException {
        int count = values.docValueCount();
        if (mode == SortMode.MEDIAN) {
            skip((count - 1) / 2);
            long middle = values.nextValue();
            return count % 2 == 0 ? Math.round(((double) middle + values.nextValue()) / 2) : middle;
        }
        // In two halves, neither of which so many values can overflow.
        long high = 0;
        long low = 0;
        for (int at = 0; at < count; at++) {
            long value = values.nextValue();
            high += value >> 32;
            low += value & LOW_HALF;
        }
        high += low >> 32;
        low &= LOW_HALF;
        if (mode == SortMode.AVG && count > 1) {
            return Math.round((high * 0x1p32 + low) / count);
        }
        if (high != (int) high) {
            return high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return high << 32 | low;
    }

    private void skip(int count) throws IOException {
        for (int at = 0; at < count; at++) {
            values.nextValue();
        }
    }
}
