package io.elpis.index.log;

import io.elpis.model.error.ElpisException;
import io.elpis.protocol.record.LogRecord;

/** Appends records to shards' logs. Records appended to one partition by one thread keep their order. */
public interface RecordLog {
    /**
     * @param key the document's id in UTF-8, for whoever reads the log with other tools
     * @param confirmed called once, on the log's thread or before this returns; must not block
     */
    void append(LogPartition to, byte[] key, LogRecord record, Confirmation confirmed);

    /**
     * Throws when appends are not getting through, so that nothing needs to be handed over to find out.
     *
     * @throws ElpisException LOG_UNAVAILABLE
     */
    void checkAvailable();

    /** What became of an append. */
    interface Confirmation {
        void stored(long offset);

        /** Nothing was handed over, and nothing will come of it. */
        void refused(ElpisException reason);

        /** It was handed over, but not confirmed: it may be in the log or still get there. */
        void undecided(Exception reason);
    }
}
