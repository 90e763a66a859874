package io.elpis.aggregator.document;

import io.elpis.aggregator.consistency.Reading;
import io.elpis.model.search.SourceFilter;
import org.jspecify.annotations.Nullable;

/**
 * One document wanted.
 *
 * @param index a name, no pattern
 * @param routing null where the id itself routed the document
 * @param realtime what is not refreshed counts
 * @param reading how fresh it must be, and where it is noted what was seen
 * @param authorization value of the caller's header, passed on to the node
 */
public record DocumentCall(
        String index,
        String id,
        @Nullable String routing,
        boolean realtime,
        SourceFilter source,
        Reading reading,
        String authorization) {
    /** An empty routing is none, as it is where documents are written. */
    public DocumentCall {
        routing = routing == null || routing.isEmpty() ? null : routing;
    }

    @Override
    public String toString() {
        return index + "/" + id;
    }
}
