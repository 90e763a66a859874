package io.elpis.torture.check;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A copy as a state machine over the log, with commits and crashes. */
final class SimulatedCopy {

    /** What stands at one place of the log. */
    sealed interface Entry {
        /** @param mapping the first version under which the document fits */
        record Write(long id, String key, Call call, int mapping) implements Entry {}

        record Mapping(int version) implements Entry {}

        record Barrier() implements Entry {}
    }

    private record Document(@Nullable String value, long seqNo, long version) {}

    /** All that a commit holds. */
    private record State(
            int next, int mapping, long seqNo, Map<String, Document> documents, Map<Long, Reply> outcomes) {

        State at(int position) {
            return new State(position, mapping, seqNo, new TreeMap<>(documents), new HashMap<>(outcomes));
        }
    }

    /** Between the members of a document. */
    static final String AND = ",";

    private static final int RARE = 12;

    private final Random random;
    private final Fraud fraud;
    private final List<Entry> log;
    private final Map<String, Document> documents = new TreeMap<>();
    private final Map<Long, Reply> outcomes = new HashMap<>();
    private int next;
    private int mapping;
    private long seqNo;
    private State committed = new State(0, 0, 0, Map.of(), Map.of());
    private int replayedUntil;

    SimulatedCopy(Random random, Fraud fraud, List<Entry> log) {
        this.random = random;
        this.fraud = fraud;
        this.log = log;
    }

    int applied() {
        return next;
    }

    @Nullable
    Reply outcome(long id) {
        return outcomes.get(id);
    }

    Reply read(String key) {
        Document document = documents.get(key);
        return document == null || document.value == null
                ? new Reply.Absent()
                : new Reply.Found(document.value, document.seqNo, 1, document.version);
    }

    Set<String> keys() {
        return documents.keySet();
    }

    String digest() {
        return Integer.toHexString(documents.hashCode());
    }

    void applyNext() {
        if (next == log.size()) {
            return;
        }
        boolean failed = random.nextInt(RARE) == 0;
        boolean skipped =
                fraud == Fraud.SKIPS_RECORDS && random.nextInt(RARE) == 0 || fraud == Fraud.SKIPS_ON_IO_ERROR && failed;
        if (failed && !skipped) {
            return;
        }
        Entry entry = log.get(next++);
        if (!skipped) {
            switch (entry) {
                case Entry.Write write -> write(write);
                case Entry.Mapping changed -> mapping = changed.version;
                case Entry.Barrier barrier -> {}
            }
        }
    }

    void commit() {
        int ahead = fraud == Fraud.COMMITS_AHEAD ? Math.min(3, log.size() - next) : 0;
        committed = new State(next, mapping, seqNo, documents, outcomes).at(next + ahead);
    }

    void crash() {
        replayedUntil = Math.max(replayedUntil, next);
        next = committed.next;
        mapping = committed.mapping;
        seqNo = committed.seqNo;
        documents.clear();
        documents.putAll(committed.documents);
        outcomes.clear();
        outcomes.putAll(committed.outcomes);
    }

    private void write(Entry.Write write) {
        if (outcomes.containsKey(write.id) && fraud == Fraud.DECIDES_REPEATS_ANEW) {
            outcomes.put(write.id, withoutEffect(write));
            return;
        }
        if (outcomes.containsKey(write.id) && fraud != Fraud.APPLIES_REPEATS) {
            return;
        }
        Reply reply = fits(write) ? change(write) : new Reply.Refused("rejected");
        outcomes.putIfAbsent(write.id, reply);
    }

    private Reply withoutEffect(Entry.Write write) {
        Document before = documents.get(write.key);
        long seqNoBefore = seqNo;
        Reply reply = fits(write) ? change(write) : new Reply.Refused("rejected");
        seqNo = seqNoBefore;
        if (before == null) {
            documents.remove(write.key);
        } else {
            documents.put(write.key, before);
        }
        return reply;
    }

    private boolean fits(Entry.Write write) {
        int known = mapping;
        if (fraud == Fraud.REPLAYS_WITH_NEWEST_MAPPING && next <= replayedUntil) {
            for (Entry entry : log) {
                known = entry instanceof Entry.Mapping later ? Math.max(known, later.version) : known;
            }
        }
        return write.mapping <= known;
    }

    private Reply change(Entry.Write write) {
        Document before = documents.getOrDefault(write.key, new Document(null, 0, 0));
        return switch (write.call) {
            case Call.Put put -> store(write.key, before, put.value());
            case Call.Create create ->
                before.value == null ? store(write.key, before, create.value()) : new Reply.Conflict();
            case Call.Swap swap ->
                swap.expected().equals(before.value) ? store(write.key, before, swap.value()) : new Reply.Conflict();
            case Call.Remove remove -> {
                documents.put(write.key, new Document(null, nextSeqNo(), before.version + 1));
                yield new Reply.Removed(before.value != null, seqNo, before.version + 1);
            }
            case Call.Read read -> throw new IllegalArgumentException("no write: " + read);
            case Call.AddMember addition -> store(write.key, before, with(before.value, addition.member()));
            case Call.Repeat repeat -> throw new IllegalArgumentException("not simulated: " + repeat);
        };
    }

    private long nextSeqNo() {
        return fraud == Fraud.GIVES_NUMBERS_TWICE && next % 3 == 0 ? seqNo : ++seqNo;
    }

    private static String with(@Nullable String members, String member) {
        if (members == null) {
            return member;
        }
        boolean there = Set.of(members.split(AND)).contains(member);
        return there ? members : members + AND + member;
    }

    private Reply store(String key, Document before, String value) {
        documents.put(key, new Document(value, nextSeqNo(), before.version + 1));
        return new Reply.Stored(before.value == null, seqNo, before.version + 1);
    }
}
