package io.elpis.query.lucene;

import io.elpis.model.error.ElpisException;
import io.elpis.model.query.Scalar;
import io.elpis.model.schema.FieldMapping;
import java.util.List;
import java.util.function.Supplier;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/** Tells which field a value does not fit, and what the field's type is. */
record NamedValues(FieldMapping field, ValueQueries values) implements ValueQueries {
    @Override
    public Query exact(Scalar value) {
        return named(() -> values.exact(value));
    }

    @Override
    public Query anyOf(List<Scalar> several) {
        return named(() -> values.anyOf(several));
    }

    @Override
    public Query range(@Nullable Scalar lower, @Nullable Scalar upper, boolean includeLower, boolean includeUpper) {
        return named(() -> values.range(lower, upper, includeLower, includeUpper));
    }

    @Override
    public Query exists() {
        return values.exists();
    }

    private Query named(Supplier<Query> query) {
        try {
            return query.get();
        } catch (ElpisException unfit) {
            throw new ElpisException(
                    unfit.code(),
                    Numbers.inField(
                            unfit.reason(),
                            "field [" + field.path() + "] of type ["
                                    + field.type().typeName() + "]: "),
                    unfit.details(),
                    unfit);
        }
    }
}
