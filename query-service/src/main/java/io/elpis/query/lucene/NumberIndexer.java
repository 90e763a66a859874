package io.elpis.query.lucene;

import io.elpis.model.schema.FieldMapping;
import io.elpis.protocol.record.Field;
import java.util.List;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.FloatField;
import org.apache.lucene.document.FloatPoint;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/**
 * Numbers as points, as sorted numeric doc values, or both. All whole numbers and dates are 64 bits wide, whatever the
 * mapping calls them: Lucene packs small ones as well as if they were narrow.
 */
abstract class NumberIndexer implements FieldIndexer {
    final String name;
    final boolean index;
    final boolean docValues;

    NumberIndexer(FieldMapping field) {
        this.name = field.path();
        this.index = field.index();
        this.docValues = field.docValues();
    }

    static final class Wholes extends NumberIndexer {
        Wholes(FieldMapping field) {
            super(field);
        }

        @Override
        public void index(Field values, BytesRef source, List<IndexableField> into) {
            for (int at = 0; at < values.getWholesCount(); at++) {
                long value = values.getWholes(at);
                if (index && docValues) {
                    into.add(new LongField(name, value, Store.NO));
                } else if (index) {
                    into.add(new LongPoint(name, value));
                } else if (docValues) {
                    into.add(new SortedNumericDocValuesField(name, value));
                }
            }
        }
    }

    static final class Doubles extends NumberIndexer {
        Doubles(FieldMapping field) {
            super(field);
        }

        @Override
        public void index(Field values, BytesRef source, List<IndexableField> into) {
            for (int at = 0; at < values.getDecimalsCount(); at++) {
                double value = values.getDecimals(at);
                if (index && docValues) {
                    into.add(new DoubleField(name, value, Store.NO));
                } else if (index) {
                    into.add(new DoublePoint(name, value));
                } else if (docValues) {
                    into.add(new SortedNumericDocValuesField(name, NumericUtils.doubleToSortableLong(value)));
                }
            }
        }
    }

    static final class Floats extends NumberIndexer {
        Floats(FieldMapping field) {
            super(field);
        }

        @Override
        public void index(Field values, BytesRef source, List<IndexableField> into) {
            for (int at = 0; at < values.getDecimalsCount(); at++) {
                float value = (float) values.getDecimals(at);
                if (index && docValues) {
                    into.add(new FloatField(name, value, Store.NO));
                } else if (index) {
                    into.add(new FloatPoint(name, value));
                } else if (docValues) {
                    into.add(new SortedNumericDocValuesField(name, NumericUtils.floatToSortableInt(value)));
                }
            }
        }
    }
}
