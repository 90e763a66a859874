package io.elpis.query.lucene;

import io.elpis.model.query.Scalar;
import io.elpis.model.schema.FieldMapping;
import java.util.List;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/** Fields of booleans that are not indexed: their doc values are the numbers 1 and 0. */
final class BooleanColumn implements ValueQueries {
    private final WholeQueries numbers;

    BooleanColumn(FieldMapping field) {
        this.numbers = new WholeQueries(field);
    }

    private static Scalar number(Scalar value) {
        return new Scalar.Whole(TermQueries.flag(value) ? 1 : 0);
    }

    @Override
    public Query exact(Scalar value) {
        return numbers.exact(number(value));
    }

    @Override
    public Query anyOf(List<Scalar> values) {
        return numbers.anyOf(values.stream().map(BooleanColumn::number).toList());
    }

    @Override
    public Query range(@Nullable Scalar lower, @Nullable Scalar upper, boolean includeLower, boolean includeUpper) {
        return numbers.range(
                lower == null ? null : number(lower), upper == null ? null : number(upper), includeLower, includeUpper);
    }

    @Override
    public Query exists() {
        return numbers.exists();
    }
}
