package io.elpis.query.replica;

import java.util.List;

/** Takes a log's entries. Called by one thread at a time, which must not be held up. */
public interface LogReceiver {
    /**
     * @param entries in order; may be empty
     * @param logEnd offset behind the log's last entry as last heard; -1 when unknown
     */
    void receive(List<LogEntry> entries, long logEnd);

    /** The log no longer holds what was asked for, or holds something else in its place. Nothing more is delivered. */
    void broken(String reason);

    /** Following failed on this side, whatever the log holds. Nothing more is delivered. */
    void failed(Throwable failure);
}
