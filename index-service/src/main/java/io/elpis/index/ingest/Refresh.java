package io.elpis.index.ingest;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** When what is written becomes visible to searches, as the caller wants it. */
enum Refresh {
    /** With the next refresh; the answer does not wait for it. */
    LATER,
    /** Before the answer. */
    NOW,
    /** With the next refresh, which the answer waits for. */
    AWAITED;

    static Refresh of(@Nullable String value) {
        return switch (value) {
            case null -> LATER;
            case "false" -> LATER;
            case "", "true" -> NOW;
            case "wait_for" -> AWAITED;
            default ->
                throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "Unknown value for refresh: [" + value + "].");
        };
    }
}
