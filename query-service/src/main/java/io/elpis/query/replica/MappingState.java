package io.elpis.query.replica;

import com.google.protobuf.ByteString;

/**
 * The mapping as the log brought it.
 *
 * @param mapping JSON with field numbers; empty before the first
 * @param analysis JSON; empty when there is none
 */
public record MappingState(long version, ByteString mapping, ByteString analysis) {
    public static final MappingState NONE = new MappingState(0, ByteString.EMPTY, ByteString.EMPTY);
}
