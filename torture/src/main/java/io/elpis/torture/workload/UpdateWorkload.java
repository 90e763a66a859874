package io.elpis.torture.workload;

import io.elpis.torture.check.MemberCount;
import io.elpis.torture.check.MemberCount.Document;
import io.elpis.torture.check.Verdict;
import io.elpis.torture.client.Documents;
import io.elpis.torture.client.Documents.Asked;
import io.elpis.torture.client.Door;
import io.elpis.torture.client.Request;
import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Partial updates that add one member each to documents that many clients share; half of them may be repeated. None is
 * left out as one that changes nothing: a second application of the same has to show in the version.
 */
public final class UpdateWorkload implements Workload {

    private static final int AT_A_TIME = 4;
    private static final int MEMBERS_EACH = 100;

    private final Documents documents;
    private final TestIndex index;
    private final Recorder recorder;
    private final Repeater repeater;
    private final String run;
    private final AtomicLong numbers = new AtomicLong();

    /** @param run makes names of indices and keys unique */
    public UpdateWorkload(Door door, Recorder recorder, String run) {
        this.documents = new Documents(door);
        this.index = new TestIndex(door, "torture-update-" + run);
        this.recorder = recorder;
        this.repeater = new Repeater(documents, recorder);
        this.run = run;
    }

    @Override
    public void prepare() throws InterruptedException {
        index.create("{}");
    }

    @Override
    public String index() {
        return index.name();
    }

    @Override
    public void step(int client, RandomGenerator random) throws InterruptedException, IOException {
        repeater.sendDue(client);
        long number = numbers.getAndIncrement();
        String key = "u" + number / (AT_A_TIME * MEMBERS_EACH) + "-" + random.nextInt(AT_A_TIME);
        String member = "m" + number;
        Request request = Request.of(
                "POST",
                "/" + index.name() + "/_update/" + key,
                "{\"doc\": {\"members\": {\"" + member + "\": 1}}, \"doc_as_upsert\": true, \"detect_noop\": false}");
        Request sent = random.nextBoolean() ? request.named(run + "-" + number) : request;
        long before = recorder.sent();
        long invoked = recorder.now();
        Asked<Reply> asked = documents.write(sent, random);
        Operation told =
                recorder.add(client, key, new Call.AddMember(member), asked.reply(), invoked, asked.attempts());
        repeater.answered(client, sent, List.of(told), before, random);
    }

    @Override
    public Verdict judge() throws InterruptedException {
        Set<String> keys = new HashSet<>();
        recorder.operations().forEach(operation -> keys.add(operation.key()));
        Map<String, Document> present = new HashMap<>();
        for (String key : keys) {
            JsonNode answer = index.document(key);
            if (answer.path("found").asBoolean(false)) {
                Set<String> members = Set.copyOf(answer.at("/_source/members").propertyNames());
                present.put(key, new Document(members, answer.path("_version").asLong()));
            }
        }
        return new Verdict(new MemberCount(present).violations(recorder.operations()), List.of()).and(repeater.judge());
    }
}
