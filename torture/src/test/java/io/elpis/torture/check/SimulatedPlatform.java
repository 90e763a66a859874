package io.elpis.torture.check;

import io.elpis.torture.check.SimulatedCopy.Entry;
import io.elpis.torture.history.Call;
import io.elpis.torture.history.Call.Consistency;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Clients, one log and several copies that apply it each at its own pace, fail, commit and crash, in virtual time: what
 * a right platform does, unless the fraud gets in the way.
 */
final class SimulatedPlatform {

    private record Event(long time, long number, Runnable action) {}

    private static final int CLIENTS = 4;
    private static final int COPIES = 3;
    private static final int KEYS = 3;

    private final Random random;
    private final Fraud fraud;
    private final int operations;
    private final List<Entry> log = new ArrayList<>();
    private final List<SimulatedCopy> copies = new ArrayList<>();
    private final List<Operation> history = new ArrayList<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::number));
    private final int[] sessions = new int[CLIENTS];
    private final String[][] lastRead = new String[CLIENTS][KEYS];
    private long now;
    private long numbers;
    private int mapping;
    private int begun;

    SimulatedPlatform(long seed, Fraud fraud, int operations) {
        this.random = new Random(seed);
        this.fraud = fraud;
        this.operations = operations;
        for (int copy = 0; copy < COPIES; copy++) {
            copies.add(new SimulatedCopy(random, fraud, log));
        }
    }

    /** What the judges say of it in the end. */
    Verdict run() {
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            in(random.nextInt(10), () -> begin(number));
        }
        copies.forEach(copy -> in(1, () -> live(copy)));
        in(50, this::extendMapping);
        while (!events.isEmpty()) {
            Event next = events.remove();
            now = next.time;
            next.action.run();
        }
        for (int key = 0; key < KEYS; key++) {
            Reply reply = copies.get(random.nextInt(COPIES)).read(name(key));
            history.add(new Operation(0, name(key), new Call.Read(), reply, now + 1, now + 2, 1));
        }
        Digests digests = Digests.of(audit());
        return new Registers(1_000_000).judge(history).and(new Verdict(digests.violations(), digests.pending()));
    }

    private void in(long ticks, Runnable action) {
        events.add(new Event(now + ticks, numbers++, action));
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
        if (!over() || copy.applied() < log.size() || !events.isEmpty() && history.size() < operations) {
            in(1 + random.nextInt(8), () -> live(copy));
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
        int key = random.nextInt(KEYS);
        String value = "v" + numbers++;
        String seen = lastRead[client][key];
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> readStrong(client, key);
            case 3, 4 -> readInSession(client, key);
            case 5 -> readAnything(client, key);
            case 6, 7 -> write(client, key, new Call.Put(value));
            case 8 -> write(client, key, new Call.Create(value));
            case 9 -> write(client, key, new Call.Remove());
            default -> write(client, key, seen == null ? new Call.Put(value) : new Call.Swap(seen, value));
        }
    }

    private void end(int client, int key, Call call, Reply reply, long invoked, boolean session) {
        if (reply instanceof Reply.Found found) {
            lastRead[client][key] = found.value();
        }
        history.add(new Operation(client, name(key), call, reply, invoked, now, 1, session));
        in(1 + random.nextInt(5), () -> begin(client));
    }

    private void readStrong(int client, int key) {
        long invoked = now;
        in(random.nextInt(5), () -> {
            int barrier = log.size();
            log.add(new Entry.Barrier());
            SimulatedCopy copy = any();
            read(client, key, Consistency.STRONG, copy, fraud == Fraud.IGNORES_BARRIERS ? 0 : barrier + 1, invoked);
        });
    }

    private void readInSession(int client, int key) {
        int position = fraud == Fraud.FORGETS_SESSIONS ? 0 : sessions[client];
        read(client, key, Consistency.SESSION, any(), position, now);
    }

    private void readAnything(int client, int key) {
        read(client, key, Consistency.EVENTUAL, any(), 0, now);
    }

    private void read(int client, int key, Consistency consistency, SimulatedCopy copy, int position, long invoked) {
        if (copy.applied() < position) {
            in(2, () -> read(client, key, consistency, copy, position, invoked));
            return;
        }
        boolean session = consistency == Consistency.SESSION;
        if (session) {
            sessions[client] = Math.max(sessions[client], copy.applied());
        }
        end(client, key, new Call.Read(consistency), copy.read(name(key)), invoked, session);
    }

    private void write(int client, int key, Call call) {
        long invoked = now;
        long id = numbers++;
        Entry.Write record = new Entry.Write(id, name(key), call, random.nextInt(8) == 0 ? mapping + 1 : mapping);
        if (fraud == Fraud.ANSWERS_BEFORE_THE_LOG && random.nextInt(8) == 0 && call instanceof Call.Put) {
            boolean created = any().read(name(key)) instanceof Reply.Absent;
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

    private void follow(int client, int key, Entry.Write record, SimulatedCopy copy, int position, long invoked) {
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
    }

    private long version(int key) {
        return copies.getFirst().read(name(key)) instanceof Reply.Found found ? found.version() : 0;
    }

    private SimulatedCopy any() {
        return copies.get(random.nextInt(COPIES));
    }

    private static String name(int key) {
        return "k" + key;
    }

    /** As the platform tells it. */
    private ObjectNode audit() {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode answer = json.createObjectNode();
        boolean equal = copies.stream().map(SimulatedCopy::digest).distinct().count() == 1;
        answer.put("sound", equal);
        ArrayNode shards = answer.putObject("indices").putObject("torture").putArray("shards");
        ObjectNode shard = shards.addObject();
        shard.put("shard", 0);
        shard.put("verdict", equal ? "equal" : "differing");
        ArrayNode list = shard.putArray("copies");
        copies.forEach(
                copy -> list.addObject().put("digest", copy.digest()).put("verdict", equal ? "equal" : "differs"));
        return answer;
    }
}
