package io.elpis.query.search;

import io.elpis.model.error.ElpisException;
import org.jspecify.annotations.Nullable;

/** What searching one shard came to, beside its hits. */
record ShardFindings(
        long totalHits,
        boolean lowerBound,
        float maxScore,
        boolean timedOut,
        @Nullable ElpisException failure) {

    static ShardFindings failed(ElpisException failure) {
        return new ShardFindings(0, false, Float.NaN, false, failure);
    }
}
