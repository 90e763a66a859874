package io.elpis.query.lucene;

import io.elpis.model.query.Scalar;
import io.elpis.model.schema.FieldMapping;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/** Fields of whole numbers. */
final class WholeQueries implements ValueQueries {
    private final FieldMapping field;

    WholeQueries(FieldMapping field) {
        this.field = field;
    }

    @Override
    public Query exact(Scalar value) {
        BigDecimal number = Numbers.of(value);
        if (!Numbers.isWhole(number) || !Numbers.fitsLong(number)) {
            return new MatchNoDocsQuery("no whole number: " + value.asText());
        }
        return between(field, number.longValue(), number.longValue());
    }

    @Override
    public Query anyOf(List<Scalar> values) {
        long[] numbers = values.stream()
                .map(Numbers::of)
                .filter(number -> Numbers.isWhole(number) && Numbers.fitsLong(number))
                .mapToLong(BigDecimal::longValue)
                .toArray();
        if (field.index() && field.docValues()) {
            return LongField.newSetQuery(field.path(), numbers);
        }
        return field.index()
                ? LongPoint.newSetQuery(field.path(), numbers)
                : SortedNumericDocValuesField.newSlowSetQuery(field.path(), numbers);
    }

    @Override
    public Query range(@Nullable Scalar lower, @Nullable Scalar upper, boolean includeLower, boolean includeUpper) {
        long least = Long.MIN_VALUE;
        long greatest = Long.MAX_VALUE;
        if (lower != null) {
            BigDecimal number = Numbers.of(lower);
            if (Numbers.isAboveAll(number)) {
                return new MatchNoDocsQuery("nothing is greater");
            }
            least = Numbers.rounded(number, RoundingMode.CEILING);
            if (!includeLower && Numbers.isWhole(number) && Numbers.fitsLong(number)) {
                if (least == Long.MAX_VALUE) {
                    return new MatchNoDocsQuery("nothing is greater");
                }
                least++;
            }
        }
        if (upper != null) {
            BigDecimal number = Numbers.of(upper);
            if (Numbers.isBelowAll(number)) {
                return new MatchNoDocsQuery("nothing is less");
            }
            greatest = Numbers.rounded(number, RoundingMode.FLOOR);
            if (!includeUpper && Numbers.isWhole(number) && Numbers.fitsLong(number)) {
                if (greatest == Long.MIN_VALUE) {
                    return new MatchNoDocsQuery("nothing is less");
                }
                greatest--;
            }
        }
        return between(field, least, greatest);
    }

    @Override
    public Query exists() {
        return field.docValues()
                ? new FieldExistsQuery(field.path())
                : LongPoint.newRangeQuery(field.path(), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Both bounds included. */
    static Query between(FieldMapping field, long least, long greatest) {
        if (least > greatest) {
            return new MatchNoDocsQuery("empty range");
        }
        if (field.index() && field.docValues()) {
            return LongField.newRangeQuery(field.path(), least, greatest);
        }
        return field.index()
                ? LongPoint.newRangeQuery(field.path(), least, greatest)
                : SortedNumericDocValuesField.newSlowRangeQuery(field.path(), least, greatest);
    }
}
