package io.elpis.torture.workload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.torture.client.Request;
import io.elpis.torture.history.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Requests that were answered and wait to be sent again: a few, and none for so long that its outcome may have left the
 * platform's window, from where on it would be applied anew. Thread-safe.
 */
final class RepeatQueue {

    static final int MOST = 16;
    static final long LATEST_NANOS = 4_000_000_000L;

    /** Of the 20,000 records that the window reaches back; the rest is for what is under way with the repeat. */
    static final long MOST_RECORDS = 6_000;

    /**
     * @param told what the request was told, item by item
     * @param records that had been sent to the index before it
     * @param due when it is to be sent again, of the recorder's clock
     */
    record Waiting(Request request, List<Operation> told, long records, long due) {
        Waiting {
            told = List.copyOf(told);
        }

        private boolean late(long now, long recordsNow) {
            return recordsNow - records > MOST_RECORDS || now - told.getFirst().returned() > LATEST_NANOS;
        }
    }

    @GuardedBy("this")
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::due));

    /** Leaves it out where there is no room. */
    synchronized void add(Waiting one) {
        if (waiting.size() < MOST) {
            waiting.add(one);
        }
    }

    /**
     * Takes one that is due out; what is late is forgotten.
     *
     * @param records that have been sent to the index by now
     * @return null for none
     */
    synchronized @Nullable Waiting next(long now, long records) {
        waiting.removeIf(one -> one.late(now, records));
        Waiting first = waiting.peek();
        return first == null || first.due > now ? null : waiting.remove();
    }
}
