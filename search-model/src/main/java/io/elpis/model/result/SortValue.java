package io.elpis.model.result;

/** What one sort key found in a document. */
public sealed interface SortValue {
    record Text(String value) implements SortValue {}

    record Whole(long value) implements SortValue {}

    record Decimal(double value) implements SortValue {}

    /** The document has no value. */
    record Absent() implements SortValue {}
}
