package io.elpis.query.lucene;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A set of 64-bit numbers given by ranges: sorted, disjoint, both ends included. */
final class LongRanges {
    private final long[] least;
    private final long[] greatest;

    record Range(long least, long greatest) {}

    private LongRanges(long[] least, long[] greatest) {
        this.least = least;
        this.greatest = greatest;
    }

    /** @param ranges in any order; empty ones and those that overlap or meet may be among them */
    static LongRanges of(List<Range> ranges) {
        List<Range> sorted = ranges.stream()
                .filter(range -> range.least() <= range.greatest())
                .sorted(Comparator.comparingLong(Range::least))
                .toList();
        long[] least = new long[sorted.size()];
        long[] greatest = new long[sorted.size()];
        int count = 0;
        for (Range range : sorted) {
            if (count > 0 && meets(greatest[count - 1], range.least())) {
                greatest[count - 1] = Math.max(greatest[count - 1], range.greatest());
            } else {
                least[count] = range.least();
                greatest[count++] = range.greatest();
            }
        }
        return new LongRanges(Arrays.copyOf(least, count), Arrays.copyOf(greatest, count));
    }

    private static boolean meets(long end, long next) {
        return end == Long.MAX_VALUE || next <= end + 1;
    }

    int count() {
        return least.length;
    }

    boolean contains(long number) {
        int at = lastFrom(number);
        return at >= 0 && greatest[at] >= number;
    }

    /** Whether all numbers from the one to the other are in it. */
    boolean containsAll(long from, long to) {
        int at = lastFrom(from);
        return at >= 0 && greatest[at] >= to;
    }

    /** Whether some number from the one to the other is in it. */
    boolean containsAny(long from, long to) {
        int at = lastFrom(to);
        return at >= 0 && greatest[at] >= from;
    }

    /** The last range that begins at or before the number; -1: none. */
    private int lastFrom(long number) {
        int at = Arrays.binarySearch(least, number);
        return at >= 0 ? at : -at - 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LongRanges that
                && Arrays.equals(least, that.least)
                && Arrays.equals(greatest, that.greatest);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(least) + Arrays.hashCode(greatest);
    }
}
