package io.elpis.torture.workload;

import io.elpis.torture.check.Census;
import io.elpis.torture.check.Verdict;
import io.elpis.torture.client.Documents;
import io.elpis.torture.client.Documents.Asked;
import io.elpis.torture.client.Door;
import io.elpis.torture.client.Request;
import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Bulks of new documents under ids that the client chooses; half of the bulks may be repeated. */
public final class BulkWorkload implements Workload {

    private static final int ITEMS = 50;

    private final Documents documents;
    private final TestIndex index;
    private final Recorder recorder;
    private final Repeater repeater;
    private final String run;
    private final AtomicLong numbers = new AtomicLong();

    /** @param run makes names of indices and keys unique */
    public BulkWorkload(Door door, Recorder recorder, String run) {
        this.documents = new Documents(door);
        this.index = new TestIndex(door, "torture-bulk-" + run);
        this.recorder = recorder;
        this.repeater = new Repeater(documents, recorder);
        this.run = run;
    }

    @Override
    public void prepare() throws InterruptedException {
        index.create("{\"value\": {\"type\": \"keyword\"}, \"number\": {\"type\": \"long\"}}");
    }

    @Override
    public String index() {
        return index.name();
    }

    @Override
    public void step(int client, RandomGenerator random) throws InterruptedException, IOException {
        repeater.sendDue(client);
        long first = numbers.getAndAdd(ITEMS);
        StringBuilder lines = new StringBuilder();
        for (long number = first; number < first + ITEMS; number++) {
            String action = number % 2 == 0 ? "index" : "create";
            lines.append("{\"%s\": {\"_id\": \"b%d\"}}\n".formatted(action, number));
            lines.append("{\"value\": \"v%d\", \"number\": %d}\n".formatted(number, number));
        }
        Request request = Request.of("POST", "/" + index.name() + "/_bulk", lines.toString());
        Request sent = random.nextBoolean() ? request.named(run + "-" + first) : request;
        long before = recorder.sent();
        long invoked = recorder.now();
        Asked<List<Reply>> asked = documents.bulk(sent, ITEMS, random);
        List<Operation> told = new ArrayList<>();
        for (int item = 0; item < ITEMS; item++) {
            String value = "v" + (first + item);
            Reply reply = asked.reply().get(item);
            told.add(recorder.add(client, value, new Call.Create(value), reply, invoked, asked.attempts()));
        }
        repeater.answered(client, sent, told, before, random);
    }

    @Override
    public Verdict judge() throws InterruptedException {
        List<String> violations = new Census(index.census(numbers.get())).violations(recorder.operations());
        return new Verdict(violations, List.of()).and(repeater.judge());
    }
}
