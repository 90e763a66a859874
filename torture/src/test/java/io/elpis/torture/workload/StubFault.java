package io.elpis.torture.workload;

/** Ways in which a platform can break its promises to a workload. */
enum StubFault {
    NONE,
    /** A request that is sent again is applied again, and told what it was told before. */
    APPLIES_REPEATS
}
