package io.elpis.index.outcome;

import io.elpis.protocol.record.Outcome;
import org.jspecify.annotations.Nullable;

/** The last outcomes heard, for writers that learn their record's offset only after a copy has applied it. */
final class RecentOutcomes {
    private static final int SIZE = 4096;

    private final long[] offsets = new long[SIZE];
    private final @Nullable Outcome[] outcomes = new Outcome[SIZE];

    void add(long offset, Outcome outcome) {
        int at = (int) (offset & SIZE - 1);
        offsets[at] = offset;
        outcomes[at] = outcome;
    }

    @Nullable
    Outcome find(long offset) {
        int at = (int) (offset & SIZE - 1);
        return offsets[at] == offset ? outcomes[at] : null;
    }
}
