package io.elpis.model.query;

/** One value of a query or a mapping, typed as JSON typed it. */
public sealed interface Scalar {
    record Text(String value) implements Scalar {}

    record Whole(long value) implements Scalar {}

    record Decimal(double value) implements Scalar {}

    record Flag(boolean value) implements Scalar {}

    /** The value as a document's JSON would print it, without quotes. */
    default String asText() {
        return switch (this) {
            case Text(String value) -> value;
            case Whole(long value) -> Long.toString(value);
            case Decimal(double value) -> Double.toString(value);
            case Flag(boolean value) -> Boolean.toString(value);
        };
    }
}
