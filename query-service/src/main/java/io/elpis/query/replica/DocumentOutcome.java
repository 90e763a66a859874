package io.elpis.query.replica;

import io.elpis.query.lucene.PoisonException;

/**
 * What became of one operation; the same on every copy.
 *
 * @param seqNo the document's after the operation; for a conflict the one that stood in the way, -1 for none
 * @param version as {@code seqNo}
 * @param errorType empty unless the operation met a conflict, was rejected or found no document to change
 * @param existed for a conflict: whether a document stood in the way, rather than the lack of one
 */
public record DocumentOutcome(
        Result result, long seqNo, long version, long primaryTerm, String errorType, String reason, boolean existed) {

    /** Constants keep their place: commits hold the ordinal. */
    public enum Result {
        CREATED,
        UPDATED,
        DELETED,
        NOOP,
        NOT_FOUND,
        CONFLICT,
        REJECTED,
        MISSING
    }

    private static final int LONGEST_REASON = 512;

    public DocumentOutcome {
        if (reason.length() > LONGEST_REASON) {
            reason = reason.substring(0, LONGEST_REASON);
        }
    }

    static DocumentOutcome done(Result result, DocumentState now) {
        return new DocumentOutcome(result, now.seqNo(), now.version(), now.primaryTerm(), "", "", false);
    }

    static DocumentOutcome rejected(PoisonException poison) {
        return new DocumentOutcome(Result.REJECTED, -1, -1, 0, poison.type(), poison.reason(), false);
    }

    /** Of an update that found nothing to change. */
    static DocumentOutcome missing(String id) {
        return new DocumentOutcome(
                Result.MISSING, -1, -1, 0, "document_missing_exception", "[" + id + "]: document missing", false);
    }

    static DocumentOutcome conflict(String id, String reason, DocumentState found) {
        return new DocumentOutcome(
                Result.CONFLICT,
                found.seqNo(),
                found.version(),
                found.primaryTerm(),
                "version_conflict_engine_exception",
                "[" + id + "]: version conflict, " + reason,
                found.exists());
    }
}
