package io.elpis.query.placement;

/**
 * How copies share what a node may hold in memory before it becomes segments. A copy that holds nothing gets little: just
 * enough to begin with, until the shares are made anew. So what lies idle on a node takes nothing from what is written.
 *
 * @param busy bytes for each copy that holds something
 * @param quiet bytes for each copy that holds nothing
 */
record MemoryShares(long busy, long quiet) {
    private static final long BEGINNING = 2 << 20;

    /** @param memory bytes that all together may use */
    static MemoryShares of(long memory, int busyCopies, int quietCopies) {
        long reserve = quietCopies == 0 ? 0 : Math.min(memory / 4, quietCopies * BEGINNING);
        return new MemoryShares((memory - reserve) / Math.max(1, busyCopies), reserve / Math.max(1, quietCopies));
    }
}
