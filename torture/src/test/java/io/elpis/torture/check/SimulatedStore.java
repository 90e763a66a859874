package io.elpis.torture.check;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Concurrent clients at one document, in virtual time: every operation has a moment of effect between its call and its
 * return, and what it answers is what was true then, unless the store's defect gets in the way.
 */
final class SimulatedStore {

    private record Value(String text, long seqNo, long version) {}

    private record Waiting(int client, Call call, long invoked, long effect, long returned, boolean open) {}

    private static final int CLIENTS = 5;

    private final Random random;
    private final Defect defect;
    private final List<Operation> history = new ArrayList<>();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::effect));
    /** Everything the document was, oldest first; an empty text is its absence. */
    private final List<Value> past = new ArrayList<>(List.of(new Value("", 0, 0)));

    private final String[] lastRead = new String[CLIENTS];

    private long written;
    private long seqNo;

    SimulatedStore(long seed, Defect defect) {
        this.random = new Random(seed);
        this.defect = defect;
    }

    List<Operation> run(int operations) {
        for (int client = 0; client < CLIENTS; client++) {
            lastRead[client] = "";
            begin(client, random.nextInt(10));
        }
        while (history.size() < operations) {
            Waiting next = waiting.remove();
            take(next);
            if (next.client >= 0 && !next.open) {
                begin(next.client, next.returned + 1 + random.nextInt(5));
            }
        }
        return history;
    }

    private void begin(int client, long now) {
        long effect = now + random.nextInt(20);
        long returned = effect + random.nextInt(20);
        boolean open = random.nextInt(20) == 0;
        if (open) {
            // Its client gives up and goes on; it happens late.
            waiting.add(new Waiting(client, call(client), now, effect + random.nextInt(100), effect, true));
            begin(client, effect + 1);
            return;
        }
        waiting.add(new Waiting(client, call(client), now, effect, returned, false));
    }

    private Call call(int client) {
        String value = "v" + written++;
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> new Call.Read();
            case 4, 5 -> new Call.Put(value);
            case 6 -> new Call.Create(value);
            case 7 -> new Call.Remove();
            default -> lastRead[client].isEmpty() ? new Call.Read() : new Call.Swap(lastRead[client], value);
        };
    }

    private void take(Waiting operation) {
        if (operation.client < 0) {
            // The echo of an operation that was answered before.
            effect(operation);
            return;
        }
        boolean hit = random.nextInt(8) == 0 && !operation.open && !(operation.call instanceof Call.Read);
        Reply reply = switch (defect) {
            case LOSES_WRITES -> hit ? withoutTrace(operation) : effect(operation);
            case ANSWERS_EARLY -> hit ? early(operation) : effect(operation);
            case WRITES_TWICE -> hit ? twice(operation) : effect(operation);
            case REFUSES_IN_VAIN -> hit ? inVain(operation) : effect(operation);
            default -> effect(operation);
        };
        if (reply instanceof Reply.Found found) {
            lastRead[operation.client] = found.value();
        }
        history.add(new Operation(
                operation.client,
                "doc",
                operation.call,
                operation.open ? new Reply.Open("timed out") : reply,
                operation.invoked,
                operation.returned,
                1));
    }

    private Reply withoutTrace(Waiting operation) {
        int before = past.size();
        Reply reply = effect(operation);
        while (past.size() > before) {
            past.removeLast();
        }
        return reply;
    }

    private Reply early(Waiting operation) {
        Reply reply = withoutTrace(operation);
        waiting.add(new Waiting(
                -1, operation.call, operation.invoked, operation.returned + 30, operation.returned + 30, false));
        return reply;
    }

    private Reply twice(Waiting operation) {
        Reply reply = effect(operation);
        waiting.add(new Waiting(
                -1, operation.call, operation.invoked, operation.returned + 30, operation.returned + 30, false));
        return reply;
    }

    private Reply inVain(Waiting operation) {
        effect(operation);
        return new Reply.Refused("503");
    }

    private Reply effect(Waiting operation) {
        Value now = past.getLast();
        boolean ignored = defect == Defect.IGNORES_CONDITIONS && random.nextInt(4) == 0;
        return switch (operation.call) {
            case Call.Read read -> read();
            case Call.Put put -> store(put.value());
            case Call.Create create -> now.text.isEmpty() || ignored ? store(create.value()) : new Reply.Conflict();
            case Call.Swap swap ->
                now.text.equals(swap.expected()) || ignored ? store(swap.value()) : new Reply.Conflict();
            case Call.Remove remove -> remove();
            case Call.AddMember member -> throw new IllegalArgumentException("not simulated: " + member);
            case Call.Repeat repeat -> throw new IllegalArgumentException("not simulated: " + repeat);
        };
    }

    private Reply read() {
        int back = defect == Defect.READS_THE_PAST && random.nextInt(8) == 0 ? Math.min(5, past.size() - 1) : 0;
        Value seen = past.get(past.size() - 1 - back);
        return seen.text.isEmpty() ? new Reply.Absent() : new Reply.Found(seen.text, seen.seqNo, 1, seen.version);
    }

    private Reply store(String text) {
        Value before = past.getLast();
        Value now = new Value(text, nextSeqNo(), before.version + 1);
        past.add(now);
        return new Reply.Stored(before.text.isEmpty(), now.seqNo, now.version);
    }

    private Reply remove() {
        Value before = past.getLast();
        Value now = new Value("", nextSeqNo(), before.version + 1);
        past.add(now);
        return new Reply.Removed(!before.text.isEmpty(), now.seqNo, now.version);
    }

    private long nextSeqNo() {
        return defect == Defect.REPEATS_NUMBERS && random.nextInt(8) == 0 ? seqNo : ++seqNo;
    }
}
