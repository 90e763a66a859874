package io.elpis.index.allocator;

import io.elpis.protocol.placement.PlacementRecord;
import java.time.Duration;
import java.util.List;

/** The log of placements: one order of records for everybody, one writer at a time. Failures are runtime exceptions. */
interface PlacementLog {
    /** Reads from the log's start. */
    Reader read();

    /** From here on no earlier writer's append succeeds. */
    Writer takeOver();

    interface Reader extends AutoCloseable {
        /** May return early and empty-handed after {@link #wakeup}. */
        List<PlacementRecord> poll(Duration atMost);

        /** Offset of the next record to be read. */
        long position();

        /** Offset after the last committed record there is now. */
        long end();

        /** From any thread. */
        void wakeup();

        @Override
        void close();
    }

    interface Writer extends AutoCloseable {
        /**
         * Appends all or none.
         *
         * @return offset of the last one
         * @throws RuntimeException when another took over, or when the log does not answer; the writer is of no use then
         */
        long append(List<PlacementRecord> records);

        @Override
        void close();
    }
}
