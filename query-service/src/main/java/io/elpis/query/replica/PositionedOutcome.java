package io.elpis.query.replica;

/** The outcome of the record at an offset. */
public record PositionedOutcome(long offset, DocumentOutcome outcome) {}
