package io.elpis.query.replica;

import org.jspecify.annotations.Nullable;

/**
 * What a copy remembers of one op-id.
 *
 * @param positioned of the last record with it; null when the window has none
 * @param windowStart every outcome at or above this offset is in the window
 * @param nextOffset of the next record to apply when the window was looked at, or a little before
 */
public record FoundOutcome(@Nullable PositionedOutcome positioned, long windowStart, long nextOffset) {}
