package io.elpis.query.lucene;

import io.elpis.model.query.Scalar;
import io.elpis.model.schema.FieldMapping;
import java.util.List;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Fields of keywords that are not indexed: every document's doc values are looked at, which is slow but finds them. */
final class KeywordColumn implements ValueQueries {
    private final FieldMapping field;

    KeywordColumn(FieldMapping field) {
        this.field = field;
    }

    @Override
    public Query exact(Scalar value) {
        return SortedSetDocValuesField.newSlowExactQuery(field.path(), term(value));
    }

    @Override
    public Query anyOf(List<Scalar> values) {
        return SortedSetDocValuesField.newSlowSetQuery(
                field.path(), values.stream().map(KeywordColumn::term).toList());
    }

    @Override
    public Query range(@Nullable Scalar lower, @Nullable Scalar upper, boolean includeLower, boolean includeUpper) {
        return SortedSetDocValuesField.newSlowRangeQuery(
                field.path(),
                lower == null ? null : term(lower),
                upper == null ? null : term(upper),
                lower == null || includeLower,
                upper == null || includeUpper);
    }

    @Override
    public Query exists() {
        return new FieldExistsQuery(field.path());
    }

    private static BytesRef term(Scalar value) {
        return new BytesRef(value.asText());
    }
}
