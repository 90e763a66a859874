package io.elpis.query.search;

import com.google.protobuf.MessageLite;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;

/** Bounds what one answer holds in memory, here and where it goes: a page of large documents is refused, not built. */
final class AnswerSize {
    private final long limit;
    private long bytes;

    AnswerSize(long limit) {
        this.limit = limit;
    }

    /** @throws ElpisException CIRCUIT_BREAKING when the answer with this part is beyond the limit */
    <M extends MessageLite> M with(M part) {
        // Counted once: a message keeps its size for when it is written.
        bytes += part.getSerializedSize();
        if (bytes > limit) {
            throw new ElpisException(
                    ErrorCode.CIRCUIT_BREAKING,
                    "the hits' content is larger than the limit of [" + limit
                            + "] bytes for one request on one node: ask for fewer hits, or for less of each");
        }
        return part;
    }
}
