package io.elpis.query.lucene;

import java.io.IOException;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.PointValues.IntersectVisitor;
import org.apache.lucene.index.PointValues.Relation;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.DocIdSetBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Documents with a number in any of many ranges, in one walk over the field's points, or over its doc values where it has
 * no points. A disjunction of ranges would walk once for each, and has room for a thousand.
 */
final class LongRangesQuery extends Query {
    private final String field;
    private final LongRanges ranges;
    private final boolean points;

    /** @param points the field has some; otherwise it has doc values */
    LongRangesQuery(String field, LongRanges ranges, boolean points) {
        this.field = field;
        this.ranges = ranges;
        this.points = points;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
                LeafReader reader = context.reader();
                DocIdSetBuilder found = points ? byPoints(reader) : byValues(reader);
                if (found == null) {
                    return null;
                }
                DocIdSetIterator hits = found.build().iterator();
                return hits == null
                        ? null
                        : ConstantScoreScorerSupplier.fromIterator(hits, score(), scoreMode, reader.maxDoc());
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return points || DocValues.isCacheable(context, field);
            }
        };
    }

    private @Nullable DocIdSetBuilder byPoints(LeafReader reader) throws IOException {
        PointValues values = reader.getPointValues(field);
        if (values == null) {
            return null;
        }
        DocIdSetBuilder found = new DocIdSetBuilder(reader.maxDoc(), values);
        values.intersect(new Visitor(found));
        return found;
    }

    private @Nullable DocIdSetBuilder byValues(LeafReader reader) throws IOException {
        SortedNumericDocValues values = DocValues.getSortedNumeric(reader, field);
        DocIdSetBuilder found = new DocIdSetBuilder(reader.maxDoc());
        for (int doc = values.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = values.nextDoc()) {
            if (anyIn(values)) {
                found.grow(1).add(doc);
            }
        }
        return found;
    }

    private boolean anyIn(SortedNumericDocValues values) throws IOException {
        for (int left = values.docValueCount(); left > 0; left--) {
            if (ranges.contains(values.nextValue())) {
                return true;
            }
        }
        return false;
    }

    private final class Visitor implements IntersectVisitor {
        private final DocIdSetBuilder found;
        private DocIdSetBuilder.BulkAdder adder;

        Visitor(DocIdSetBuilder found) {
            this.found = found;
            this.adder = found.grow(1);
        }

        @Override
        public void grow(int count) {
            adder = found.grow(count);
        }

        @Override
        public void visit(int doc) {
            adder.add(doc);
        }

        @Override
        public void visit(int doc, byte[] value) {
            if (ranges.contains(LongPoint.decodeDimension(value, 0))) {
                adder.add(doc);
            }
        }

        @Override
        public Relation compare(byte[] least, byte[] greatest) {
            long from = LongPoint.decodeDimension(least, 0);
            long to = LongPoint.decodeDimension(greatest, 0);
            if (ranges.containsAll(from, to)) {
                return Relation.CELL_INSIDE_QUERY;
            }
            return ranges.containsAny(from, to) ? Relation.CELL_CROSSES_QUERY : Relation.CELL_OUTSIDE_QUERY;
        }
    }

    @Override
    public void visit(QueryVisitor visitor) {
        if (visitor.acceptField(field)) {
            visitor.visitLeaf(this);
        }
    }

    @Override
    public String toString(String defaultField) {
        return field + " in " + ranges.count() + " ranges";
    }

    @Override
    public boolean equals(Object other) {
        return sameClassAs(other)
                && other instanceof LongRangesQuery that
                && field.equals(that.field)
                && ranges.equals(that.ranges)
                && points == that.points;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * classHash() + field.hashCode()) + ranges.hashCode();
    }
}
