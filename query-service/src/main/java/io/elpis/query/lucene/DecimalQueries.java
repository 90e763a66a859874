package io.elpis.query.lucene;

import io.elpis.model.query.Scalar;
import io.elpis.model.schema.FieldMapping;
import java.util.List;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/** Fields of 64-bit fractions. */
final class DecimalQueries implements ValueQueries {
    private final FieldMapping field;

    DecimalQueries(FieldMapping field) {
        this.field = field;
    }

    @Override
    public Query exact(Scalar value) {
        double number = Numbers.of(value).doubleValue();
        return between(number, number);
    }

    @Override
    public Query anyOf(List<Scalar> values) {
        double[] numbers = values.stream()
                .mapToDouble(value -> Numbers.of(value).doubleValue())
                .toArray();
        if (field.index() && field.docValues()) {
            return DoubleField.newSetQuery(field.path(), numbers);
        }
        if (field.index()) {
            return DoublePoint.newSetQuery(field.path(), numbers);
        }
        long[] sortable = new long[numbers.length];
        for (int at = 0; at < numbers.length; at++) {
            sortable[at] = NumericUtils.doubleToSortableLong(numbers[at]);
        }
        return SortedNumericDocValuesField.newSlowSetQuery(field.path(), sortable);
    }

    @Override
    public Query range(@Nullable Scalar lower, @Nullable Scalar upper, boolean includeLower, boolean includeUpper) {
        double least =
                lower == null ? Double.NEGATIVE_INFINITY : Numbers.of(lower).doubleValue();
        double greatest =
                upper == null ? Double.POSITIVE_INFINITY : Numbers.of(upper).doubleValue();
        return between(
                lower == null || includeLower ? least : DoublePoint.nextUp(least),
                upper == null || includeUpper ? greatest : DoublePoint.nextDown(greatest));
    }

    private Query between(double least, double greatest) {
        if (least > greatest) {
            return new MatchNoDocsQuery("empty range");
        }
        if (field.index() && field.docValues()) {
            return DoubleField.newRangeQuery(field.path(), least, greatest);
        }
        return field.index()
                ? DoublePoint.newRangeQuery(field.path(), least, greatest)
                : SortedNumericDocValuesField.newSlowRangeQuery(
                        field.path(),
                        NumericUtils.doubleToSortableLong(least),
                        NumericUtils.doubleToSortableLong(greatest));
    }

    @Override
    public Query exists() {
        return field.docValues()
                ? new FieldExistsQuery(field.path())
                : DoublePoint.newRangeQuery(field.path(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}
