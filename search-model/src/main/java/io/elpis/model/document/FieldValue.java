package io.elpis.model.document;

/** One value of a field, as the field's type wants it. */
public sealed interface FieldValue {
    /** Bytes of the source that are the text itself: UTF-8 without escapes. */
    record SourceSpan(int offset, int length) implements FieldValue {}

    record Text(String value) implements FieldValue {}

    /** A whole number; dates as milliseconds since the epoch, booleans as 0 and 1. */
    record Whole(long value) implements FieldValue {}

    record Decimal(double value) implements FieldValue {}
}
