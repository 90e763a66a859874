package io.elpis.torture.workload;

/** Ways in which a platform can break its promises to a workload. */
enum StubFault {
    NONE,
    /** A request that is sent again is applied again, and told what it was told before. */
    APPLIES_REPEATS,
    /** A request that is sent again is not applied, and told what it would have been told. */
    DECIDES_REPEATS_ANEW,
    /** Outcomes are remembered for a few operations only. */
    FORGETS_OUTCOMES,
    /** Documents are not indexed by fields that came up with them. */
    LEARNS_NO_FIELDS
}
