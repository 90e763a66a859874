package io.elpis.torture.workload;

import io.elpis.torture.check.Registers;
import io.elpis.torture.check.Verdict;
import io.elpis.torture.client.Documents;
import io.elpis.torture.client.Documents.Asked;
import io.elpis.torture.client.Door;
import io.elpis.torture.client.Request;
import io.elpis.torture.history.Call;
import io.elpis.torture.history.Call.Consistency;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Few documents that many clients read, replace, create, swap and remove at the same time. A document is left for good
 * after some hundred operations, so that the search for an order stays short.
 */
public final class RegisterWorkload implements Workload {

    private static final int AT_A_TIME = 6;
    private static final int OPERATIONS_EACH = 150;
    private static final long BUDGET = 3_000_000;

    /** Reads when all clients have ended. */
    private static final int NOBODY = -1;

    private final Documents documents;
    private final TestIndex index;
    private final Recorder recorder;
    private final Repeater repeater;
    private final String run;
    private final AtomicLong steps = new AtomicLong();
    private final AtomicLong values = new AtomicLong();
    /** What each client's session has seen. */
    private final Map<Integer, String> sessions = new ConcurrentHashMap<>();
    /** What each client read last of each document, to swap it. */
    private final Map<String, Reply.Found> lastRead = new ConcurrentHashMap<>();

    /** @param run makes names of indices and keys unique */
    public RegisterWorkload(Door door, Recorder recorder, String run) {
        this.documents = new Documents(door);
        this.index = new TestIndex(door, "torture-register-" + run);
        this.recorder = recorder;
        this.repeater = new Repeater(documents, recorder);
        this.run = run;
    }

    @Override
    public void prepare() throws InterruptedException {
        index.create("{\"value\": {\"type\": \"keyword\"}}");
    }

    @Override
    public String index() {
        return index.name();
    }

    @Override
    public void step(int client, RandomGenerator random) throws InterruptedException, IOException {
        repeater.sendDue(client);
        long step = steps.getAndIncrement();
        long generation = step / (AT_A_TIME * OPERATIONS_EACH);
        String key = "r" + generation + "-" + random.nextInt(AT_A_TIME);
        String value = "v" + values.getAndIncrement();
        String place = client + "/" + key;
        Reply.Found seen = lastRead.get(place);
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> read(client, key, place, random);
            case 9, 10, 11 -> write(client, key, new Call.Put(value), store("", key, value), random);
            case 12, 13 -> write(client, key, new Call.Create(value), store("?op_type=create", key, value), random);
            case 14, 15 -> write(client, key, new Call.Remove(), Request.of("DELETE", path(key), ""), random);
            default -> {
                if (seen == null) {
                    read(client, key, place, random);
                } else {
                    String condition = "?if_seq_no=" + seen.seqNo() + "&if_primary_term=" + seen.primaryTerm();
                    Call swap = new Call.Swap(seen.value(), value);
                    write(client, key, swap, store(condition, key, value), random);
                }
            }
        }
    }

    @Override
    public Verdict judge() throws InterruptedException {
        readAll();
        return new Registers(BUDGET).judge(recorder.operations()).and(repeater.judge());
    }

    /** Each document once more: otherwise nobody would look at what was acknowledged of it last. */
    private void readAll() throws InterruptedException {
        Set<String> keys = new TreeSet<>();
        recorder.operations().forEach(operation -> keys.add(operation.key()));
        try {
            for (String key : keys) {
                long invoked = recorder.now();
                Asked<Reply> asked = documents.read(Request.get(path(key) + "?consistency=strong"));
                recorder.add(NOBODY, key, new Call.Read(Consistency.STRONG), asked.reply(), invoked, asked.attempts());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Half of the reads are of the client's session. */
    private void read(int client, String key, String place, RandomGenerator random)
            throws InterruptedException, IOException {
        Consistency consistency = switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> Consistency.SESSION;
            case 4, 5, 6 -> Consistency.STRONG;
            default -> Consistency.EVENTUAL;
        };
        Request request = switch (random.nextInt(6)) {
            case 0, 1 -> search(key, consistency);
            case 2 ->
                Request.of(
                        "POST",
                        "/" + index.name() + "/_mget" + parameter(consistency, random),
                        "{\"ids\": [\"" + key + "\"]}");
            default -> Request.get(path(key) + parameter(consistency, random));
        };
        boolean ofSession = consistency == Consistency.SESSION;
        long invoked = recorder.now();
        Asked<Reply> asked = documents.read(ofSession ? request.seen(sessions.getOrDefault(client, "")) : request);
        if (asked.reply() instanceof Reply.Found found && consistency == Consistency.STRONG) {
            lastRead.put(place, found);
        }
        record(client, key, new Call.Read(consistency), asked, invoked, !ofSession);
    }

    /** A read by id without a parameter is real-time, of which as much is expected as of a strong one. */
    private static String parameter(Consistency consistency, RandomGenerator random) {
        return switch (consistency) {
            case STRONG -> random.nextBoolean() ? "" : "?consistency=strong";
            case SESSION -> "?consistency=session";
            case EVENTUAL -> "?consistency=eventual";
        };
    }

    private Request search(String key, Consistency consistency) {
        return Request.of(
                "POST",
                "/" + index.name() + "/_search?consistency="
                        + consistency.name().toLowerCase(Locale.ROOT),
                "{\"query\": {\"ids\": {\"values\": [\"" + key
                        + "\"]}}, \"version\": true, \"seq_no_primary_term\": true}");
    }

    private void write(int client, String key, Call call, Request request, RandomGenerator random)
            throws InterruptedException, IOException {
        boolean named = random.nextBoolean();
        Request sent = (named ? request.named(run + "-" + values.getAndIncrement()) : request)
                .seen(sessions.getOrDefault(client, ""));
        long before = recorder.sent();
        long invoked = recorder.now();
        Asked<Reply> asked = documents.write(sent, random);
        Operation told = record(client, key, call, asked, invoked, false);
        repeater.answered(client, sent, List.of(told), before, random);
    }

    /** @param apart whether the request went without the session, which its answer does not hold then */
    private Operation record(int client, String key, Call call, Asked<Reply> asked, long invoked, boolean apart)
            throws IOException {
        boolean seen = !apart && !asked.session().isEmpty();
        if (seen) {
            sessions.put(client, asked.session());
        }
        return recorder.add(
                new Operation(client, key, call, asked.reply(), invoked, recorder.now(), asked.attempts(), seen));
    }

    private Request store(String parameters, String key, String value) {
        return Request.of("PUT", path(key) + parameters, "{\"value\": \"" + value + "\"}");
    }

    private String path(String key) {
        return "/" + index.name() + "/_doc/" + key;
    }
}
