package io.elpis.aggregator.search;

import io.elpis.aggregator.consistency.Reading;
import io.elpis.model.indices.IndicesOptions;
import io.elpis.model.indices.ShardLimit;
import io.elpis.model.search.SearchRequest;

/**
 * A search as it came in.
 *
 * @param indices names and patterns, comma separated; empty: all
 * @param limit of the shards to search
 * @param reading how fresh it must be, and where it is noted what was seen
 * @param authorization value of the caller's header, passed on to the nodes
 */
public record SearchCall(
        String indices,
        IndicesOptions options,
        ShardLimit limit,
        SearchRequest request,
        Reading reading,
        String authorization) {
    @Override
    public String toString() {
        return "search of [" + indices + "]";
    }
}
