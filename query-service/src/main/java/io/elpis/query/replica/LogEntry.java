package io.elpis.query.replica;

/**
 * One record of a shard's log as it was read.
 *
 * @param leaderEpoch of the broker that led the partition when the record was written; -1 when unknown
 * @param value the bytes of a {@code LogRecord}; never changed after the entry is made, for copies keep parts of it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record LogEntry(long offset, int leaderEpoch, byte[] value) {}
