package io.elpis.aggregator.search;

import io.elpis.aggregator.merge.Page;
import io.elpis.model.search.SearchRequest;

/** A page and how long it took. */
public record SearchResult(SearchRequest request, Page page, long tookMillis) {}
