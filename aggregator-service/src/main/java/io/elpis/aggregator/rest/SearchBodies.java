package io.elpis.aggregator.rest;

import io.elpis.model.query.QueryNode;
import io.elpis.model.search.SearchRequest;

/** Reads request bodies. */
interface SearchBodies {
    /** @throws io.elpis.model.error.ElpisException with the place of the mistake */
    SearchRequest search(byte[] body);

    /** The body of a count: a query and nothing else. */
    QueryNode count(byte[] body);
}
