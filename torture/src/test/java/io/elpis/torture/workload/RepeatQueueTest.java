package io.elpis.torture.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.torture.client.Request;
import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import io.elpis.torture.workload.RepeatQueue.Waiting;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RepeatQueueTest {

    private final RepeatQueue queue = new RepeatQueue();

    @Test
    void requestWaitsUntilItIsDue() {
        Waiting later = waiting(0, 20);
        Waiting sooner = waiting(0, 10);
        queue.add(later);
        queue.add(sooner);
        assertThat(queue.next(9, 0)).isNull();
        assertThat(queue.next(30, 0)).isEqualTo(sooner);
        assertThat(queue.next(30, 0)).isEqualTo(later);
        assertThat(queue.next(30, 0)).isNull();
    }

    @Test
    void lateRequestIsForgotten() {
        queue.add(waiting(0, 10));
        assertThat(queue.next(RepeatQueue.LATEST_NANOS + 2, 0)).isNull();
        assertThat(queue.next(20, 0)).isNull();
    }

    @Test
    void requestIsForgottenOnceManyRecordsCameAfterIt() {
        queue.add(waiting(100, 10));
        queue.add(waiting(200, 11));
        assertThat(queue.next(20, RepeatQueue.MOST_RECORDS + 101)).isEqualTo(waiting(200, 11));
        assertThat(queue.next(20, RepeatQueue.MOST_RECORDS + 101)).isNull();
    }

    @Test
    void memoryIsBounded() {
        for (int request = 0; request < 2 * RepeatQueue.MOST; request++) {
            queue.add(waiting(0, request));
        }
        for (int request = 0; request < RepeatQueue.MOST; request++) {
            assertThat(queue.next(100, 0)).isNotNull();
        }
        assertThat(queue.next(100, 0)).isNull();
    }

    private static Waiting waiting(long records, long due) {
        Operation told = new Operation(0, "k", new Call.Put("v"), new Reply.Stored(true, 1, 1), 0, 1, 1);
        return new Waiting(Request.of("PUT", "/i/_doc/k", "{}").named("n"), List.of(told), records, due);
    }
}
