package io.elpis.protocol.session;

import io.elpis.protocol.record.Position;
import java.util.Comparator;

/**
 * The next record of a shard's log after all that was seen.
 *
 * @param generation of the log; orders before the offset
 */
public record LogPosition(long generation, long offset) implements Comparable<LogPosition> {
    private static final Comparator<LogPosition> ORDER =
            Comparator.comparing(LogPosition::generation, Long::compareUnsigned).thenComparingLong(LogPosition::offset);

    public LogPosition {
        if (offset < 0) {
            throw new IllegalArgumentException("negative offset " + offset);
        }
    }

    public static LogPosition read(Position in) {
        return new LogPosition(in.getGeneration(), in.getOffset());
    }

    public Position write() {
        return Position.newBuilder().setGeneration(generation).setOffset(offset).build();
    }

    /** Whether all that is before the other position is before this one too. */
    public boolean covers(LogPosition other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(LogPosition other) {
        return ORDER.compare(this, other);
    }
}
