package io.elpis.torture.workload;

import io.elpis.torture.check.Repeats;
import io.elpis.torture.check.Verdict;
import io.elpis.torture.client.Documents;
import io.elpis.torture.client.Request;
import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import io.elpis.torture.workload.RepeatQueue.Waiting;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Sends a share of the writes that have an idempotency key and an outcome once more, some at once, others a while
 * later, and records what they are told then. Thread-safe.
 */
final class Repeater {

    private static final int AT_ONCE_OF_12 = 3;
    private static final int LATER_OF_12 = 2;
    private static final long SOONEST_NANOS = 200_000_000L;
    private static final long SPREAD_NANOS = 2_800_000_000L;

    private final Documents documents;
    private final Recorder recorder;
    private final RepeatQueue queue = new RepeatQueue();

    Repeater(Documents documents, Recorder recorder) {
        this.documents = documents;
        this.recorder = recorder;
    }

    /** Sends what has waited long enough, one request at most. */
    void sendDue(int client) throws InterruptedException, IOException {
        Waiting due = queue.next(recorder.now(), recorder.sent());
        if (due != null) {
            send(client, due.request(), due.told());
        }
    }

    /**
     * @param told what the request was told, item by item
     * @param before {@link Recorder#sent()} before its first sending
     */
    void answered(int client, Request request, List<Operation> told, long before, RandomGenerator random)
            throws InterruptedException, IOException {
        int choice = random.nextInt(12);
        long wait = SOONEST_NANOS + random.nextLong(SPREAD_NANOS);
        if (request.idempotencyKey().isEmpty() || !told.stream().allMatch(Operation::settled)) {
            return;
        }
        if (choice < AT_ONCE_OF_12 && recorder.sent() - before <= RepeatQueue.MOST_RECORDS) {
            send(client, request, told);
        } else if (choice >= AT_ONCE_OF_12 && choice < AT_ONCE_OF_12 + LATER_OF_12) {
            queue.add(new Waiting(request, told, before, recorder.now() + wait));
        }
    }

    Verdict judge() {
        return new Verdict(Repeats.violations(recorder.repeats()), List.of());
    }

    private void send(int client, Request request, List<Operation> told) throws InterruptedException, IOException {
        long invoked = recorder.now();
        List<Reply> replies = documents.again(request, told.size());
        for (int item = 0; item < told.size(); item++) {
            Operation first = told.get(item);
            Call call = new Call.Repeat(first.call(), first.reply());
            recorder.add(client, first.key(), call, replies.get(item), invoked, 1);
        }
    }
}
