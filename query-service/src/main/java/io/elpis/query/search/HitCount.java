package io.elpis.query.search;

/** Counts the hits of all shards of a request, until it is enough to know that there are more than asked for. */
final class HitCount {
    private final int limit;
    private long counted;

    /** @param limit hits up to this number are counted exactly; {@link Integer#MAX_VALUE}: all */
    HitCount(int limit) {
        this.limit = limit;
    }

    boolean isExact() {
        return limit == Integer.MAX_VALUE;
    }

    long counted() {
        return counted;
    }

    /** @param hits what {@link #counted} was before the hits that are not to count after all */
    void backTo(long hits) {
        counted = hits;
    }

    /** @return whether this one was the first beyond the limit */
    boolean addOne() {
        return ++counted == limit + 1L;
    }

    boolean isEnough() {
        return counted > limit;
    }
}
