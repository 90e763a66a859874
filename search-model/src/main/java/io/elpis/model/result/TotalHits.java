package io.elpis.model.result;

/** How many documents match. */
public record TotalHits(long value, Relation relation) {
    public static final TotalHits ZERO = new TotalHits(0, Relation.EQUAL_TO);

    public enum Relation {
        EQUAL_TO,
        /** There are at least so many. */
        AT_LEAST
    }

    public TotalHits {
        if (value < 0) {
            throw new IllegalArgumentException("negative total " + value);
        }
    }

    public TotalHits plus(TotalHits other) {
        boolean exact = relation == Relation.EQUAL_TO && other.relation == Relation.EQUAL_TO;
        return new TotalHits(value + other.value, exact ? Relation.EQUAL_TO : Relation.AT_LEAST);
    }

    /** What is told a caller who asked to count up to {@code limit}. */
    public TotalHits limitedTo(int limit) {
        return value > limit ? new TotalHits(limit, Relation.AT_LEAST) : this;
    }
}
