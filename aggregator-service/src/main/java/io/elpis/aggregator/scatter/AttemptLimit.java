package io.elpis.aggregator.scatter;

/** How much of a request's remaining time one attempt may use. */
final class AttemptLimit {
    private AttemptLimit() {}

    /**
     * @param remaining of the request, in nanoseconds
     * @param otherCopies whether someone else could be asked afterwards
     */
    static long nanos(long remaining, boolean otherCopies) {
        return otherCopies ? remaining / 2 : remaining;
    }
}
