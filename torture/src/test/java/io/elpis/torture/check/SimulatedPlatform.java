package io.elpis.torture.check;

import io.elpis.torture.check.SimulatedCopy.Entry;
import io.elpis.torture.history.Call;
import io.elpis.torture.history.Call.Consistency;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Clients, one log and several copies that apply it each at its own pace, fail, commit and crash, in virtual time: what
 * a right platform does, unless the fraud gets in the way.
 */
final class SimulatedPlatform {

    private record Event(long time, long number, Runnable action) {}

    private static final int CLIENTS = 4;
    private static final int COPIES = 3;
    private static final int REGISTERS = 3;
    private static final int COUNTED = 2;

    private final Random random;
    private final Fraud fraud;
    private final int operations;
    private final List<Entry> log = new ArrayList<>();
    private final List<SimulatedCopy> copies = new ArrayList<>();
    private final SimulatedHistory history = new SimulatedHistory();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::number));
    private final int[] sessions = new int[CLIENTS];
    private final Map<String, String> lastRead = new HashMap<>();
    private long now;
    private long numbers;
    private int mapping;
    private int begun;
    /** All events to come but the lives of the copies, which go on for as long as there are any. */
    private int underWay;

    SimulatedPlatform(long seed, Fraud fraud, int operations) {
        this.random = new Random(seed);
        this.fraud = fraud;
        this.operations = operations;
        for (int copy = 0; copy < COPIES; copy++) {
            copies.add(new SimulatedCopy(random, fraud, log));
        }
    }

    /** What the judges say of it in the end. */
    Map<Judge, Verdict> run() {
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            in(random.nextInt(10), () -> begin(number));
        }
        copies.forEach(copy -> lives(1, copy));
        in(50, this::extendMapping);
        while (!events.isEmpty()) {
            Event next = events.remove();
            now = next.time;
            next.action.run();
        }
        for (int register = 0; register < REGISTERS; register++) {
            String key = SimulatedHistory.REGISTER + register;
            history.add(new Operation(0, key, new Call.Read(), any().read(key), now + 1, now + 2, 1));
        }
        return history.judged(any(), copies);
    }

    private void in(long ticks, Runnable action) {
        underWay++;
        events.add(new Event(now + ticks, numbers++, () -> {
            underWay--;
            action.run();
        }));
    }

    private void lives(long ticks, SimulatedCopy copy) {
        events.add(new Event(now + ticks, numbers++, () -> live(copy)));
    }

    private boolean over() {
        return begun >= operations;
    }

    private void live(SimulatedCopy copy) {
        for (int records = random.nextInt(3); records >= 0; records--) {
            copy.applyNext();
        }
        if (random.nextInt(25) == 0) {
            copy.commit();
        }
        if (!over() && random.nextInt(60) == 0) {
            copy.crash();
        }
        if (!over() || copy.applied() < log.size() || underWay > 0) {
            lives(1 + random.nextInt(8), copy);
        }
    }

    private void extendMapping() {
        log.add(new Entry.Mapping(++mapping));
        if (!over()) {
            in(100 + random.nextInt(200), this::extendMapping);
        }
    }

    private void begin(int client) {
        if (over()) {
            return;
        }
        begun++;
        String key = SimulatedHistory.REGISTER + random.nextInt(REGISTERS);
        String value = "v" + numbers++;
        String seen = lastRead.get(client + "/" + key);
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> readStrong(client, key);
            case 3, 4 -> readInSession(client, key);
            case 5 -> readAnything(client, key);
            case 6, 7 -> write(client, key, new Call.Put(value));
            case 8 -> write(client, key, new Call.Create(value));
            case 9 -> write(client, key, new Call.Remove());
            case 10, 11 -> write(client, SimulatedHistory.ONCE + value, new Call.Create(value));
            case 12, 13 -> write(client, SimulatedHistory.MEMBERS + random.nextInt(COUNTED), new Call.AddMember(value));
            default -> write(client, key, seen == null ? new Call.Put(value) : new Call.Swap(seen, value));
        }
    }

    private void end(int client, String key, Call call, Reply reply, long invoked, boolean session) {
        if (reply instanceof Reply.Found found) {
            lastRead.put(client + "/" + key, found.value());
        }
        history.add(new Operation(client, key, call, reply, invoked, now, 1, session));
        in(1 + random.nextInt(5), () -> begin(client));
    }

    private void readStrong(int client, String key) {
        long invoked = now;
        in(random.nextInt(5), () -> {
            int barrier = log.size();
            log.add(new Entry.Barrier());
            SimulatedCopy copy = any();
            read(client, key, Consistency.STRONG, copy, fraud == Fraud.IGNORES_BARRIERS ? 0 : barrier + 1, invoked);
        });
    }

    private void readInSession(int client, String key) {
        int position = fraud == Fraud.FORGETS_SESSIONS ? 0 : sessions[client];
        read(client, key, Consistency.SESSION, any(), position, now);
    }

    private void readAnything(int client, String key) {
        read(client, key, Consistency.EVENTUAL, any(), 0, now);
    }

    private void read(int client, String key, Consistency consistency, SimulatedCopy copy, int position, long invoked) {
        if (copy.applied() < position) {
            in(2, () -> read(client, key, consistency, copy, position, invoked));
            return;
        }
        boolean session = consistency == Consistency.SESSION;
        if (session) {
            sessions[client] = Math.max(sessions[client], copy.applied());
        }
        end(client, key, new Call.Read(consistency), copy.read(key), invoked, session);
    }

    private void write(int client, String key, Call call) {
        long invoked = now;
        long id = numbers++;
        Entry.Write record = new Entry.Write(id, key, call, random.nextInt(8) == 0 ? mapping + 1 : mapping);
        if (fraud == Fraud.ANSWERS_BEFORE_THE_LOG && random.nextInt(8) == 0 && early(key, call)) {
            boolean created = any().read(key) instanceof Reply.Absent;
            if (random.nextBoolean()) {
                in(60, () -> log.add(record));
            }
            end(client, key, call, new Reply.Stored(created, -1, version(key) + 1), invoked, false);
            return;
        }
        in(random.nextInt(8), () -> {
            log.add(record);
            if (random.nextInt(3) == 0) {
                in(random.nextInt(60), () -> log.add(record));
            }
            if (random.nextInt(20) == 0) {
                end(client, key, call, new Reply.Open("timed out"), invoked, false);
            } else {
                follow(client, key, record, any(), log.size(), invoked);
            }
        });
    }

    private void follow(int client, String key, Entry.Write record, SimulatedCopy copy, int position, long invoked) {
        Reply reply = copy.applied() < position ? null : copy.outcome(record.id());
        boolean passed = copy.applied() >= position;
        if (!passed) {
            in(2, () -> follow(client, key, record, copy, position, invoked));
            return;
        }
        sessions[client] = Math.max(sessions[client], position);
        Reply told = reply == null ? new Reply.Open("no outcome") : reply;
        boolean session = told instanceof Reply.Stored || told instanceof Reply.Removed;
        end(client, key, record.call(), told, invoked, session);
        if (random.nextInt(3) == 0 && !(told instanceof Reply.Open) && !(told instanceof Reply.Refused)) {
            in(random.nextInt(60), () -> repeat(client, record, told));
        }
    }

    private void repeat(int client, Entry.Write record, Reply told) {
        long invoked = now;
        log.add(record);
        tell(client, record, told, any(), log.size(), invoked);
    }

    private void tell(int client, Entry.Write record, Reply told, SimulatedCopy copy, int position, long invoked) {
        if (copy.applied() < position) {
            in(2, () -> tell(client, record, told, copy, position, invoked));
            return;
        }
        Reply then = copy.outcome(record.id());
        Call call = new Call.Repeat(record.call(), told);
        Reply reply = then == null ? new Reply.Open("no outcome") : then;
        history.add(new Operation(client, record.key(), call, reply, invoked, now, 1));
    }

    private static boolean early(String key, Call call) {
        return call instanceof Call.Put || key.startsWith(SimulatedHistory.ONCE);
    }

    private long version(String key) {
        return copies.getFirst().read(key) instanceof Reply.Found found ? found.version() : 0;
    }

    private SimulatedCopy any() {
        return copies.get(random.nextInt(COPIES));
    }
}
