package io.elpis.protocol.record;

/** How far back in its shard's log a copy remembers what became of operations. */
public final class OutcomeReach {

    /** Log offsets. It decides about outcomes, so it is the same on every node. */
    public static final int RECORDS = 20_000;

    /** Writes of one request that can be repeated, with as many records of others in between. */
    public static final int REPEATABLE = RECORDS / 2;

    private OutcomeReach() {}
}
