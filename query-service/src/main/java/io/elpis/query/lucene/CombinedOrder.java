package io.elpis.query.lucene;

import io.elpis.model.schema.FieldType;
import io.elpis.model.search.SortMode;
import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.FieldComparator;
import org.apache.lucene.search.FieldComparatorSource;
import org.apache.lucene.search.LeafFieldComparator;
import org.apache.lucene.search.Pruning;
import org.apache.lucene.search.comparators.LongComparator;

/** Orders by numbers made of several: their encodings stand as they do. */
final class CombinedOrder extends FieldComparatorSource {
    private final SortMode mode;
    private final FieldType type;
    private final long missing;

    /** @param missing encoded as the field's values are */
    CombinedOrder(SortMode mode, FieldType type, long missing) {
        this.mode = mode;
        this.type = type;
        this.missing = missing;
    }

    @Override
    public FieldComparator<?> newComparator(String field, int hits, Pruning pruning, boolean reversed) {
        // The index knows the single values only, by which nothing can be left out.
        return new LongComparator(hits, field, missing, reversed, Pruning.NONE) {
            @Override
            public LeafFieldComparator getLeafComparator(LeafReaderContext leaf) throws IOException {
                return new LongLeafComparator(leaf) {
                    @Override
                    protected NumericDocValues getNumericDocValues(LeafReaderContext context, String name)
                            throws IOException {
                        return new CombinedNumbers(DocValues.getSortedNumeric(context.reader(), name), mode, type);
                    }
                };
            }
        };
    }
}
