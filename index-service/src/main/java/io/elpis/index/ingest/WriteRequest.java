package io.elpis.index.ingest;

import io.elpis.protocol.record.Condition;
import org.jspecify.annotations.Nullable;

/**
 * One write as the caller asked for it.
 *
 * @param id null: one is made
 * @param routing null: the id routes
 * @param condition null: none; CREATE has its own
 * @param bytes hold the document, from offset on for length bytes
 */
record WriteRequest(
        WriteKind kind,
        String index,
        @Nullable String id,
        @Nullable String routing,
        @Nullable Condition condition,
        byte[] bytes,
        int offset,
        int length) {
    static final byte[] NO_BYTES = {};

    /** An empty routing is none. */
    WriteRequest {
        routing = routing == null || routing.isEmpty() ? null : routing;
    }
}
