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
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Documents whose ids the platform chooses, each stored once; half of the requests may be repeated. */
public final class SetWorkload implements Workload {

    private final Documents documents;
    private final TestIndex index;
    private final Recorder recorder;
    private final Repeater repeater;
    private final String run;
    private final AtomicLong numbers = new AtomicLong();

    /** @param run makes names of indices and keys unique */
    public SetWorkload(Door door, Recorder recorder, String run) {
        this.documents = new Documents(door);
        this.index = new TestIndex(door, "torture-set-" + run);
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
        long number = numbers.getAndIncrement();
        String value = "v" + number;
        Request request = Request.of(
                "POST", "/" + index.name() + "/_doc", "{\"value\": \"" + value + "\", \"number\": " + number + "}");
        Request sent = random.nextBoolean() ? request.named(run + "-" + number) : request;
        long before = recorder.sent();
        long invoked = recorder.now();
        Asked<Reply> asked = documents.write(sent, random);
        Operation told = recorder.add(client, value, new Call.Create(value), asked.reply(), invoked, asked.attempts());
        repeater.answered(client, sent, List.of(told), before, random);
    }

    @Override
    public Verdict judge() throws InterruptedException {
        List<String> violations = new Census(index.census(numbers.get())).violations(recorder.operations());
        return new Verdict(violations, List.of()).and(repeater.judge());
    }
}
