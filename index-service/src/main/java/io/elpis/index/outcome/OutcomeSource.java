package io.elpis.index.outcome;

import io.elpis.model.error.ElpisException;
import io.elpis.protocol.outcome.FindOutcomeResponse;
import io.elpis.protocol.outcome.OperationRef;
import java.time.Duration;

/** Tells what became of single operations long after they were written. */
public interface OutcomeSource {
    /**
     * What one serving copy knows.
     *
     * @throws ElpisException when none could tell in time
     */
    FindOutcomeResponse find(OperationRef operation, Duration atMost);
}
