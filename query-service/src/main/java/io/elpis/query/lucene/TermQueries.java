package io.elpis.query.lucene;

import io.elpis.model.query.Scalar;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Fields whose values are terms: texts, keywords, and booleans. */
final class TermQueries implements ValueQueries {
    private final FieldMapping field;

    TermQueries(FieldMapping field) {
        this.field = field;
    }

    @Override
    public Query exact(Scalar value) {
        return new TermQuery(new Term(field.path(), term(value)));
    }

    @Override
    public Query anyOf(List<Scalar> values) {
        return new TermInSetQuery(field.path(), values.stream().map(this::term).toList());
    }

    @Override
    public Query range(@Nullable Scalar lower, @Nullable Scalar upper, boolean includeLower, boolean includeUpper) {
        return new TermRangeQuery(
                field.path(),
                lower == null ? null : term(lower),
                upper == null ? null : term(upper),
                lower == null || includeLower,
                upper == null || includeUpper);
    }

    private BytesRef term(Scalar value) {
        return field.type() == FieldType.BOOLEAN ? BooleanIndexer.term(flag(value)) : new BytesRef(value.asText());
    }

    static boolean flag(Scalar value) {
        return switch (value.asText()) {
            case "true" -> true;
            case "false", "" -> false;
            default ->
                throw Numbers.unfit("Can't parse boolean value [" + value.asText() + "], expected [true] or [false]");
        };
    }

    @Override
    public Query exists() {
        boolean norms = field.type() == FieldType.TEXT && field.norms();
        return field.docValues() || norms
                ? new FieldExistsQuery(field.path())
                : new TermRangeQuery(field.path(), null, null, true, true);
    }
}
