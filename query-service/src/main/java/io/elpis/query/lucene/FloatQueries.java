package io.elpis.query.lucene;

import io.elpis.model.query.Scalar;
import io.elpis.model.schema.FieldMapping;
import java.util.List;
import org.apache.lucene.document.FloatField;
import org.apache.lucene.document.FloatPoint;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/** Fields of 32-bit fractions. */
final class FloatQueries implements ValueQueries {
    private final FieldMapping field;

    FloatQueries(FieldMapping field) {
        this.field = field;
    }

    @Override
    public Query exact(Scalar value) {
        float number = Numbers.of(value).floatValue();
        return between(number, number);
    }

    @Override
    public Query anyOf(List<Scalar> values) {
        float[] numbers = new float[values.size()];
        for (int at = 0; at < numbers.length; at++) {
            numbers[at] = Numbers.of(values.get(at)).floatValue();
        }
        if (field.index() && field.docValues()) {
            return FloatField.newSetQuery(field.path(), numbers);
        }
        if (field.index()) {
            return FloatPoint.newSetQuery(field.path(), numbers);
        }
        long[] sortable = new long[numbers.length];
        for (int at = 0; at < numbers.length; at++) {
            sortable[at] = NumericUtils.floatToSortableInt(numbers[at]);
        }
        return SortedNumericDocValuesField.newSlowSetQuery(field.path(), sortable);
    }

    @Override
    public Query range(@Nullable Scalar lower, @Nullable Scalar upper, boolean includeLower, boolean includeUpper) {
        float least =
                lower == null ? Float.NEGATIVE_INFINITY : Numbers.of(lower).floatValue();
        float greatest =
                upper == null ? Float.POSITIVE_INFINITY : Numbers.of(upper).floatValue();
        return between(
                lower == null || includeLower ? least : FloatPoint.nextUp(least),
                upper == null || includeUpper ? greatest : FloatPoint.nextDown(greatest));
    }

    private Query between(float least, float greatest) {
        if (least > greatest) {
            return new MatchNoDocsQuery("empty range");
        }
        if (field.index() && field.docValues()) {
            return FloatField.newRangeQuery(field.path(), least, greatest);
        }
        return field.index()
                ? FloatPoint.newRangeQuery(field.path(), least, greatest)
                : SortedNumericDocValuesField.newSlowRangeQuery(
                        field.path(),
                        NumericUtils.floatToSortableInt(least),
                        NumericUtils.floatToSortableInt(greatest));
    }

    @Override
    public Query exists() {
        return field.docValues()
                ? new FieldExistsQuery(field.path())
                : FloatPoint.newRangeQuery(field.path(), Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    }
}
