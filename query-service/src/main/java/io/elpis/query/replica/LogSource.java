package io.elpis.query.replica;

import io.elpis.model.schema.IndexUuid;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Where copies get their logs from. */
public interface LogSource {

    /**
     * Delivers a log's entries from an offset on until the following is closed.
     *
     * @param leaderEpoch of the entry before; -1 when unknown
     */
    Following follow(LogAddress log, long offset, int leaderEpoch, LogReceiver receiver);

    /** Offset behind the log's last entry, measured after this call; fails when the log does not answer in time. */
    CompletableFuture<Long> end(LogAddress log);

    /**
     * Appends a barrier after this call. Unlike {@link #end}, it cannot be answered by a broker that has lost its lead.
     *
     * @return the offset behind a barrier; fails when the log does not take it in time
     */
    CompletableFuture<Long> barrier(LogAddress log, IndexUuid index);

    /** The id of the topic as it is now; fails when the log does not answer in time. */
    CompletableFuture<UUID> topicId(LogAddress log);

    /** A delivery in progress. Calls return at once and take effect soon; entries on their way still arrive. */
    interface Following extends AutoCloseable {
        void pause();

        void resume();

        @Override
        void close();
    }
}
