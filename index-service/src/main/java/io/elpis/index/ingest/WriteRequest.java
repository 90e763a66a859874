package io.elpis.index.ingest;

import io.elpis.protocol.record.Condition;
import org.jspecify.annotations.Nullable;

/**
 * One write as the caller asked for it.
 *
 * @param id null: one is made
 * @param routing null: the id routes
 * @param condition null: none; CREATE has its own
 */
record WriteRequest(
        WriteKind kind,
        String index,
        @Nullable String id,
        @Nullable String routing,
        @Nullable Condition condition,
        WriteContent content) {
    /** An empty routing is none. */
    WriteRequest {
        routing = routing == null || routing.isEmpty() ? null : routing;
    }
}
