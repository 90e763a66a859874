package io.elpis.index.allocator;

import io.elpis.protocol.placement.PlacementRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A placement log in memory with the fencing that Kafka gives; can be made to fail. */
final class FencedLog implements PlacementLog {
    final List<PlacementRecord> records = new ArrayList<>();
    private int writers;
    boolean down;

    @Override
    public Reader read() {
        return new Reader() {
            private int position;

            @Override
            public List<PlacementRecord> poll(Duration atMost) {
                check();
                List<PlacementRecord> read = List.copyOf(records.subList(position, records.size()));
                position = records.size();
                return read;
            }

            @Override
            public long position() {
                return position;
            }

            @Override
            public long end() {
                check();
                return records.size();
            }

            @Override
            public void wakeup() {}

            @Override
            public void close() {}
        };
    }

    @Override
    public Writer takeOver() {
        check();
        int number = ++writers;
        return new Writer() {
            @Override
            public long append(List<PlacementRecord> appended) {
                check();
                if (number != writers) {
                    throw new IllegalStateException("fenced");
                }
                records.addAll(appended);
                return records.size() - 1;
            }

            @Override
            public void close() {}
        };
    }

    private void check() {
        if (down) {
            throw new IllegalStateException("the log is down");
        }
    }
}
