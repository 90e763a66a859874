package io.elpis.query.lucene;

import io.elpis.model.query.Scalar;
import io.elpis.model.schema.FieldMapping;
import java.util.List;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/** Fields of dates. A text that names a day, a month or a year stands for all of it. */
final class DateQueries implements ValueQueries {
    /** So many alternatives, each of which may go by points or by doc values as the rest of the query makes it best. */
    private static final int FEW = 32;

    private final FieldMapping field;
    private final Dates dates;

    DateQueries(FieldMapping field, Dates dates) {
        this.field = field;
        this.dates = dates;
    }

    @Override
    public Query exact(Scalar value) {
        return WholeQueries.between(field, dates.millis(value, false), dates.millis(value, true));
    }

    @Override
    public Query anyOf(List<Scalar> values) {
        if (values.size() <= FEW) {
            BooleanQuery.Builder any = new BooleanQuery.Builder();
            values.forEach(value -> any.add(exact(value), Occur.SHOULD));
            return new ConstantScoreQuery(any.build());
        }
        LongRanges ranges = LongRanges.of(values.stream()
                .map(value -> new LongRanges.Range(dates.millis(value, false), dates.millis(value, true)))
                .toList());
        return new LongRangesQuery(field.path(), ranges, field.index());
    }

    @Override
    public Query range(@Nullable Scalar lower, @Nullable Scalar upper, boolean includeLower, boolean includeUpper) {
        // Greater than a day means after its last moment; less than it, before its first.
        long least = lower == null ? Long.MIN_VALUE : dates.millis(lower, !includeLower);
        long greatest = upper == null ? Long.MAX_VALUE : dates.millis(upper, includeUpper);
        if (lower != null && !includeLower) {
            if (least == Long.MAX_VALUE) {
                return new MatchNoDocsQuery("nothing is later");
            }
            least++;
        }
        if (upper != null && !includeUpper) {
            if (greatest == Long.MIN_VALUE) {
                return new MatchNoDocsQuery("nothing is earlier");
            }
            greatest--;
        }
        return WholeQueries.between(field, least, greatest);
    }

    @Override
    public Query exists() {
        return new WholeQueries(field).exists();
    }
}
