package io.elpis.query.lucene;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.FieldComparator;
import org.apache.lucene.search.FieldComparatorSource;
import org.apache.lucene.search.Pruning;
import org.apache.lucene.search.SortedSetSelector;
import org.apache.lucene.util.BytesRef;

/** Orders by texts, with one that stands in for those that are missing and that the index need not know. */
final class SubstitutedTexts extends FieldComparatorSource {
    private final SortedSetSelector.Type choice;
    private final BytesRef substitute;

    SubstitutedTexts(SortedSetSelector.Type choice, BytesRef substitute) {
        this.choice = choice;
        this.substitute = substitute;
    }

    @Override
    public FieldComparator<?> newComparator(String field, int hits, Pruning pruning, boolean reversed) {
        return new FieldComparator.TermValComparator(hits, field, false) {
            @Override
            protected BinaryDocValues getBinaryDocValues(LeafReaderContext context, String name) throws IOException {
                return new Texts(
                        SortedSetSelector.wrap(DocValues.getSortedSet(context.reader(), name), choice), substitute);
            }
        };
    }

    /** Lucene's comparator asks for one document after the other, and never goes from one to the next by itself. */
    private static final class Texts extends BinaryDocValues {
        private final SortedDocValues values;
        private final BytesRef substitute;
        private boolean present;

        Texts(SortedDocValues values, BytesRef substitute) {
            this.values = values;
            this.substitute = substitute;
        }

        @Override
        public boolean advanceExact(int doc) throws IOException {
            present = values.advanceExact(doc);
            return true;
        }

        @Override
        public BytesRef binaryValue() throws IOException {
            return present ? values.lookupOrd(values.ordValue()) : substitute;
        }

        @Override
        public int docID() {
            return values.docID();
        }

        @Override
        public int nextDoc() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int advance(int doc) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long cost() {
            return values.cost();
        }
    }
}
