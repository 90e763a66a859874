package io.elpis.index.ingest;

import io.elpis.protocol.outcome.FindOutcomeResponse;
import io.elpis.protocol.outcome.OperationRef;
import io.elpis.protocol.record.Outcome;
import io.elpis.protocol.session.LogPosition;

/** What can be said of an operation, given what a copy knows of it. */
sealed interface OutcomeVerdict {
    /** @param offset of the last record with its op-id */
    record Known(Outcome outcome, long offset) implements OutcomeVerdict {}

    /**
     * It is in the log and not applied yet; or it is not in the log, but may still get there, for nobody can tell how
     * long a broker holds on to what a writer has given up.
     */
    record Open() implements OutcomeVerdict {}

    /** It may have been applied so long ago that no copy remembers. */
    record Forgotten() implements OutcomeVerdict {}

    /** The copy has applied what is in its place, and that is something else. */
    record Unknown() implements OutcomeVerdict {}

    static OutcomeVerdict of(OperationRef operation, FindOutcomeResponse found) {
        if (found.hasOutcome()) {
            return new Known(found.getOutcome(), found.getPosition().getOffset());
        }
        LogPosition at = LogPosition.read(operation.getAt());
        if (!at.covers(LogPosition.read(found.getWindowStart()))) {
            return new Forgotten();
        }
        boolean passed = !at.covers(LogPosition.read(found.getApplied()));
        return operation.getExact() && passed ? new Unknown() : new Open();
    }
}
