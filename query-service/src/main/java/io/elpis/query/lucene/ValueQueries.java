package io.elpis.query.lucene;

import io.elpis.model.query.Scalar;
import java.util.List;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/** Queries on one field's typed values; each kind of field has its own. */
interface ValueQueries {

    /**
     * Documents with exactly this value.
     *
     * @throws io.elpis.model.error.ElpisException QUERY_SHARD when the value does not fit the field's type
     */
    Query exact(Scalar value);

    /** Documents with any of these values, all with the same score. */
    Query anyOf(List<Scalar> values);

    /** Documents with a value between the bounds; null leaves an end open. */
    Query range(@Nullable Scalar lower, @Nullable Scalar upper, boolean includeLower, boolean includeUpper);

    /** Documents with any value. */
    Query exists();
}
