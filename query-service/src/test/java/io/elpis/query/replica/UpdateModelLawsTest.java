package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.elpis.model.json.Json;
import io.elpis.protocol.record.Condition;
import io.elpis.protocol.record.SeqNoCondition;
import io.elpis.protocol.record.UpdateAction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What updates leave behind and answer is what a plain map of documents says, a value at a time. */
final class UpdateModelLawsTest {
    private static final int RUNS = 30;
    private static final int RECORDS = 120;

    /** Documents by id, and what became of each operation. */
    private static final class Model {
        record Held(@Nullable ObjectNode source, long seqNo, long version) {}

        private static final Held NONE = new Held(null, -1, 0);

        final Map<String, Held> held = new HashMap<>();
        final List<String> outcomes = new ArrayList<>();
        private long nextSeqNo;

        void index(String id, String json) {
            store(id, tree(json));
        }

        void delete(String id) {
            Held found = held.getOrDefault(id, NONE);
            Held now = new Held(null, nextSeqNo++, found.version() + 1);
            held.put(id, now);
            tell(found.source() == null ? "NOT_FOUND" : "DELETED", now);
        }

        void update(String id, UpdateAction update, @Nullable Long onlyAtSeqNo) {
            Held found = held.getOrDefault(id, NONE);
            ObjectNode source = found.source();
            if (onlyAtSeqNo != null && (source == null || found.seqNo() != onlyAtSeqNo)) {
                tell("CONFLICT", found.version() == 0 ? new Held(null, -1, -1) : found);
            } else if (source == null) {
                ByteString stored = update.getDocAsUpsert() ? update.getDoc() : update.getUpsert();
                if (stored.isEmpty()) {
                    tell("MISSING", new Held(null, -1, -1));
                } else {
                    store(id, tree(stored.toStringUtf8()));
                }
            } else {
                ObjectNode merged =
                        merged(source.deepCopy(), tree(update.getDoc().toStringUtf8()));
                if (update.getDetectNoop() && merged.equals(source)) {
                    tell("NOOP", found);
                } else {
                    store(id, merged);
                }
            }
        }

        private void store(String id, ObjectNode source) {
            Held found = held.getOrDefault(id, NONE);
            Held now = new Held(source, nextSeqNo++, found.version() + 1);
            held.put(id, now);
            tell(found.source() == null ? "CREATED" : "UPDATED", now);
        }

        private void tell(String result, Held at) {
            outcomes.add(result + " " + at.seqNo() + " " + at.version());
        }

        private static ObjectNode merged(ObjectNode source, ObjectNode partial) {
            partial.forEachEntry((name, value) -> {
                if (source.get(name) instanceof ObjectNode below && value instanceof ObjectNode change) {
                    merged(below, change);
                } else {
                    source.set(name, value);
                }
            });
            return source;
        }
    }

    @Test
    void updatesDoWhatAMapOfDocumentsDoes() throws IOException {
        for (int run = 0; run < RUNS; run++) {
            long seed = Long.getLong("elpis.seed", 51_000 + run);
            Random random = new Random(seed);
            TestLog log = new TestLog().mapping(9).applyLogic(2);
            Model model = new Model();
            for (int at = 0; at < RECORDS; at++) {
                operate(log, model, random);
            }
            assertSame(log, model, random, "seed " + seed);
        }
    }

    private static void operate(TestLog log, Model model, Random random) {
        String id = "id" + random.nextInt(6);
        switch (random.nextInt(8)) {
            case 0 -> {
                log.index(id, "whole");
                model.index(id, "{\"title\":\"whole\"}");
            }
            case 1 -> {
                log.delete(id);
                model.delete(id);
            }
            case 2 -> {
                UpdateAction.Builder update = update(random);
                long seqNo = random.nextInt(3) == 0
                        ? random.nextInt(RECORDS)
                        : model.held.getOrDefault(id, Model.NONE).seqNo();
                log.updateIf(id, update, condition(seqNo));
                model.update(id, update.build(), seqNo);
            }
            default -> {
                UpdateAction.Builder update = update(random);
                log.update(id, update);
                model.update(id, update.build(), null);
            }
        }
    }

    private static void assertSame(TestLog log, Model model, Random random, String seed) throws IOException {
        try (ShardCopy copy =
                ShardCopy.open(CrashingDirectory.newDisk(), TestLog.IDENTITY, CopySettings.DEFAULT, TestLog.SCHEMAS)) {
            for (LogEntry entry : log.entries()) {
                copy.apply(List.of(entry));
                if (random.nextInt(20) == 0) {
                    copy.refresh();
                }
            }
            assertThat(Objects.requireNonNull(copy.outcomes(0, 2 * RECORDS)))
                    .as(seed)
                    .map(positioned -> positioned.outcome().result() + " "
                            + positioned.outcome().seqNo() + " "
                            + positioned.outcome().version())
                    .containsExactlyElementsOf(model.outcomes);
            for (Map.Entry<String, Model.Held> held : model.held.entrySet()) {
                StoredDocument found = copy.get(held.getKey());
                JsonNode source = found == null || found.source() == null
                        ? null
                        : tree(found.source().utf8ToString());
                assertThat(source).as(seed).isEqualTo(held.getValue().source());
            }
        }
    }

    private static Condition condition(long seqNo) {
        return Condition.newBuilder()
                .setSeqNo(SeqNoCondition.newBuilder().setSeqNo(seqNo).setPrimaryTerm(1))
                .build();
    }

    private static UpdateAction.Builder update(Random random) {
        UpdateAction.Builder update = TestLog.doc(partial(random))
                .setDetectNoop(random.nextInt(3) > 0)
                .setDocAsUpsert(random.nextInt(4) == 0);
        return random.nextBoolean() ? update : update.setUpsert(ByteString.copyFromUtf8(partial(random)));
    }

    private static String partial(Random random) {
        String size = random.nextBoolean() ? "1" : "1.0";
        return switch (random.nextInt(7)) {
            case 0 -> "{ \"size\" : " + size + " }";
            case 1 -> "{\"size\":[" + size + ", 2]}";
            case 2 -> "{\"meta\":{\"color\":\"c" + random.nextInt(2) + "\"}}";
            case 3 -> "{\"meta\":{\"none\":null},\"tag\":\"\\u0074\"}";
            case 4 -> "{\"tag\":[\"t\",null],\"meta\":{}}";
            case 5 -> "{}";
            default -> "{\"title\":\"" + (random.nextBoolean() ? "whole" : "part") + "\"}";
        };
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) Json.tree(json.getBytes(StandardCharsets.UTF_8));
    }
}
