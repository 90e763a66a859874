package io.elpis.model.result;

import io.elpis.model.search.Missing;
import io.elpis.model.search.SortKey;
import io.elpis.model.search.SortOrder;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/**
 * The total order of hits: the sort keys (or the score, best first), then the tie hash unsigned, then the id, then the
 * shard. It rests on nothing that differs between copies of a shard.
 */
public final class HitOrder implements Comparator<Hit> {
    private static final Comparator<Hit> TIES = (a, b) -> {
        int byHash = Long.compareUnsigned(a.tieHash(), b.tieHash());
        if (byHash != 0) {
            return byHash;
        }
        int byId = compareCodePoints(a.id(), b.id());
        return byId != 0 ? byId : a.shard().compareTo(b.shard());
    };

    private final List<SortKey> keys;

    /** @param keys empty: by score, best first */
    public HitOrder(List<SortKey> keys) {
        this.keys = List.copyOf(keys);
    }

    @Override
    public int compare(Hit a, Hit b) {
        int byKeys = keys.isEmpty() ? compareScores(b.score(), a.score()) : compareKeys(a, b);
        return byKeys != 0 ? byKeys : TIES.compare(a, b);
    }

    private int compareKeys(Hit a, Hit b) {
        for (int at = 0; at < keys.size(); at++) {
            int order = compareBy(keys.get(at), a, b, at);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareBy(SortKey key, Hit a, Hit b, int at) {
        return switch (key) {
            case SortKey.ByDoc(SortOrder _) -> 0;
            case SortKey.ByScore(SortOrder order) -> directed(compareScores(a.score(), b.score()), order);
            case SortKey.ByField field ->
                compareBy(field, a.sort().get(at), b.sort().get(at));
        };
    }

    private static int compareBy(SortKey.ByField key, SortValue a, SortValue b) {
        // Of numbers there is always one: shards tell what stands in for a value that is missing.
        boolean aAbsent = a instanceof SortValue.Absent;
        boolean bAbsent = b instanceof SortValue.Absent;
        if (aAbsent || bAbsent) {
            int absentLast = Boolean.compare(aAbsent, bAbsent);
            return key.missing() instanceof Missing.First ? -absentLast : absentLast;
        }
        return directed(compareValues(a, b), key.order());
    }

    private static int directed(int ascending, SortOrder order) {
        return order == SortOrder.ASC ? ascending : Integer.signum(-ascending);
    }

    /** NaN, a score not computed, is below every score. */
    private static int compareScores(float a, float b) {
        return Float.compare(
                Float.isNaN(a) ? Float.NEGATIVE_INFINITY : a, Float.isNaN(b) ? Float.NEGATIVE_INFINITY : b);
    }

    /** Numbers by value whatever their type, below texts. */
    static int compareValues(SortValue a, SortValue b) {
        if (a instanceof SortValue.Text(String left) && b instanceof SortValue.Text(String right)) {
            return compareCodePoints(left, right);
        }
        if (a instanceof SortValue.Whole(long left) && b instanceof SortValue.Whole(long right)) {
            return Long.compare(left, right);
        }
        if (a instanceof SortValue.Text || b instanceof SortValue.Text) {
            return Boolean.compare(a instanceof SortValue.Text, b instanceof SortValue.Text);
        }
        return compareNumbers(a, b);
    }

    private static int compareNumbers(SortValue a, SortValue b) {
        double left = approximate(a);
        double right = approximate(b);
        if (left != right || !Double.isFinite(left)) {
            return Double.compare(left, right);
        }
        return exact(a).compareTo(exact(b));
    }

    /** Rounding is monotonic, so unequal approximations tell the order; -0 counts as 0. */
    private static double approximate(SortValue value) {
        return switch (value) {
            case SortValue.Whole(long number) -> (double) number;
            case SortValue.Decimal(double number) -> number + 0.0;
            case SortValue.Text _, SortValue.Absent _ -> throw new IllegalArgumentException("not a number: " + value);
        };
    }

    private static BigDecimal exact(SortValue value) {
        return value instanceof SortValue.Whole(long number)
                ? BigDecimal.valueOf(number)
                : new BigDecimal(approximate(value));
    }

    /** The order of UTF-8 bytes, which is how indices keep texts; {@code String.compareTo} differs above U+D7FF. */
    static int compareCodePoints(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int at = 0; at < common; at++) {
            char left = a.charAt(at);
            char right = b.charAt(at);
            if (left != right) {
                return Integer.compare(rank(left), rank(right));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Surrogates stand for code points above all others. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
