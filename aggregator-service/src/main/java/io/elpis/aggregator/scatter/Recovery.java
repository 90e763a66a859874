package io.elpis.aggregator.scatter;

/** What happens to shards that a node failed on, and when a node that has not answered yet gets help. Pure. */
final class Recovery {
    private Recovery() {}

    /** What becomes of a shard that nobody else is at work on. */
    enum AfterFailure {
        /** The same would happen anywhere. */
        FAIL,
        TIME_OUT,
        ASK_ANOTHER,
        /** Another copy might answer, but too much is asked twice already. */
        GIVE_UP
    }

    /** @param remaining of the request, in nanoseconds */
    static AfterFailure after(NodeFailure failure, long remaining, Budget retries) {
        if (failure.isFinal()) {
            return AfterFailure.FAIL;
        }
        if (remaining <= 0) {
            return AfterFailure.TIME_OUT;
        }
        // Each copy is asked once at most, and one that has waited in vain has done no work.
        return failure.isBehind() || retries.spend() ? AfterFailure.ASK_ANOTHER : AfterFailure.GIVE_UP;
    }

    /** Why other copies are asked beside a node that is still at work. */
    enum Help {
        NONE,
        /** It is slower than almost all answers are. */
        FOR_SLOWNESS,
        /** Nothing is heard of it, so that it may never answer. */
        FOR_SILENCE
    }

    /**
     * @param helped whether it got help already
     * @param waited for the node's answer, in nanoseconds, as {@code patience}
     */
    static Help help(boolean helped, boolean silent, long waited, long patience) {
        if (helped) {
            return Help.NONE;
        }
        if (silent) {
            return Help.FOR_SILENCE;
        }
        return waited >= patience ? Help.FOR_SLOWNESS : Help.NONE;
    }
}
