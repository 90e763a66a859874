package io.elpis.index.ingest;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Room for what parsed documents take beyond their sources, of all requests under way, in bytes. Sources are bounded
 * with the bodies that they come from; their values are not: a number takes up to ten bytes for two of the source, and once
 * more for each multi-field and {@code copy_to}. Nobody waits for room: a document that finds none is refused, for
 * itself. Thread-safe.
 */
public final class ParsedRoom {
    private final long size;
    private final AtomicLong free;

    public ParsedRoom(long bytes) {
        size = bytes;
        free = new AtomicLong(bytes);
    }

    public long free() {
        return free.get();
    }

    Share share() {
        return new Share();
    }

    /** What one request has taken. Owned by its thread. */
    final class Share implements AutoCloseable {
        private long taken;

        private Share() {}

        /**
         * For a document larger than the whole room, all of it: no document is refused for ever.
         *
         * @throws ElpisException TOO_MANY_REQUESTS, with nothing taken
         */
        void take(long bytes) {
            long needed = Math.min(bytes, size);
            if (needed <= 0) {
                return;
            }
            if (free.addAndGet(-needed) < 0) {
                free.addAndGet(needed);
                throw new ElpisException(
                        ErrorCode.TOO_MANY_REQUESTS,
                        "too many values of documents are being worked on, [" + needed
                                + "] bytes more found no room; the document was not written, try again later");
            }
            taken += needed;
        }

        long taken() {
            return taken;
        }

        /** Gives back all but what was taken at first. */
        void shrink(long kept) {
            free.addAndGet(taken - kept);
            taken = kept;
        }

        /** Gives back all; may be called again. */
        @Override
        public void close() {
            shrink(0);
        }
    }
}
