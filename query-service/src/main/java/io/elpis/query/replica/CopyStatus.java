package io.elpis.query.replica;

/**
 * A copy's state at one moment, for others to see.
 *
 * @param nextOffset of the next record to apply
 * @param visibleOffset of the next record that searches do not see
 * @param logEnd as last heard; -1 when unknown
 * @param nextSeqNo of the next record that changes a document
 * @param firstTombstone tombstones of lower sequence numbers were dropped
 * @param reason why the copy failed; else empty
 */
public record CopyStatus(
        CopyPhase phase,
        long generation,
        long nextOffset,
        long visibleOffset,
        long logEnd,
        long documents,
        long sizeInBytes,
        long nextSeqNo,
        long firstTombstone,
        String reason) {}
