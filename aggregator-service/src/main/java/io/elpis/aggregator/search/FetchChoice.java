package io.elpis.aggregator.search;

import io.elpis.model.search.SearchRequest;

/**
 * Whether hits come with their content in the search's own answer, or the winners' content is fetched in a second call
 * to each node. The former reads documents that win on their node but not on the page; the latter costs calls. Costs
 * are in units of reading one document.
 */
final class FetchChoice {
    private static final int CALL = 8;
    private static final int HIGHLIGHTED = 4;

    private FetchChoice() {}

    /** @param nodes that will likely be asked */
    static boolean inline(SearchRequest request, int nodes) {
        if (request.size() == 0 || nodes == 1 && request.from() == 0) {
            return true;
        }
        long read = request.highlight() == null ? 1 : HIGHLIGHTED;
        long wasted = ((long) nodes * request.top() - request.size()) * read;
        long calls = (long) Math.min(nodes, request.size()) * CALL;
        return wasted <= calls;
    }
}
