package io.elpis.index.ingest;

import io.elpis.model.error.ElpisException;
import io.elpis.protocol.record.Outcome;

/** How a write ended. */
sealed interface WriteResult {
    /** @param offset of its record */
    record Applied(Outcome outcome, long offset) implements WriteResult {}

    /** It was handed to the log; whether it is stored, or what came of it, is not known yet. @param offset or -1 */
    record Undecided(long offset) implements WriteResult {}

    /** Nothing of it was or will be stored. */
    record Refused(ElpisException reason) implements WriteResult {}
}
