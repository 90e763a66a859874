package io.elpis.query.replica;

import io.elpis.protocol.record.Condition;
import io.elpis.protocol.record.ExternalVersion;
import io.elpis.protocol.record.SeqNoCondition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** OpenSearch's rules of conditions, versions and sequence numbers, over a plain map. */
final class ConditionModel {
    /** Of every change: the log's first generation. */
    static final long TERM = 1;

    /** What a request asks for before it is carried out. */
    sealed interface Rule {
        record None() implements Rule {}

        record Create() implements Rule {}

        record External(long version) implements Rule {}

        record ExternalOrEqual(long version) implements Rule {}

        record SeqNo(long seqNo, long term) implements Rule {}

        default Condition condition() {
            Condition.Builder condition = Condition.newBuilder();
            return switch (this) {
                case None() -> condition.build();
                case Create() -> condition.setAbsent(true).build();
                case External(long version) ->
                    condition
                            .setExternal(ExternalVersion.newBuilder().setVersion(version))
                            .build();
                case ExternalOrEqual(long version) ->
                    condition
                            .setExternal(ExternalVersion.newBuilder()
                                    .setVersion(version)
                                    .setOrEqual(true))
                            .build();
                case SeqNo(long seqNo, long term) ->
                    condition
                            .setSeqNo(
                                    SeqNoCondition.newBuilder().setSeqNo(seqNo).setPrimaryTerm(term))
                            .build();
            };
        }
    }

    /** Answer to an operation. */
    record Told(String result, long seqNo, long version, boolean existed, String reason) {}

    private record Held(boolean live, long seqNo, long version) {}

    private final Map<String, Held> held = new HashMap<>();
    private final Map<Long, Told> toldByOffset = new TreeMap<>();
    private final Set<String> met = new TreeSet<>();
    private long nextSeqNo;

    List<Told> told() {
        return List.copyOf(toldByOffset.values());
    }

    /** Which conditions met what, and how that ended. */
    Set<String> met() {
        return met;
    }

    long nextSeqNo() {
        return nextSeqNo;
    }

    long version(String id) {
        Held found = held.get(id);
        return found == null ? 0 : found.version();
    }

    long seqNo(String id) {
        Held found = held.get(id);
        return found == null ? 0 : found.seqNo();
    }

    void index(String id, Rule rule, long offset) {
        change(id, rule, true, offset);
    }

    void delete(String id, Rule rule, long offset) {
        change(id, rule, false, offset);
    }

    /** An update with what is there already. */
    void updateWithTheSame(String id, long offset) {
        Held found = held.get(id);
        tell(
                offset,
                found != null && found.live()
                        ? new Told("NOOP", found.seqNo(), found.version(), false, "")
                        : new Told("MISSING", -1, -1, false, "[" + id + "]: document missing"));
    }

    /** The record at an offset once more: its first answer, whatever has changed since. */
    void again(long offset, long at) {
        Told first = toldByOffset.get(offset);
        if (first != null) {
            tell(at, first);
        }
    }

    void dropTombstones(long upToSeqNo) {
        held.values().removeIf(one -> !one.live() && one.seqNo() <= upToSeqNo);
    }

    private void change(String id, Rule rule, boolean live, long offset) {
        Held found = held.get(id);
        String conflict = conflict(rule, found);
        met.add(rule.getClass().getSimpleName() + " of "
                + (found == null ? "nothing" : found.live() ? "a document" : "a tombstone")
                + (conflict == null ? " goes ahead" : " meets a conflict"));
        if (conflict != null) {
            tell(offset, conflict(id, conflict, found));
            return;
        }
        Held now = new Held(live, nextSeqNo++, version(rule, found));
        held.put(id, now);
        boolean existed = found != null && found.live();
        String result = live ? existed ? "UPDATED" : "CREATED" : existed ? "DELETED" : "NOT_FOUND";
        tell(offset, new Told(result, now.seqNo(), now.version(), false, ""));
    }

    private static @Nullable String conflict(Rule rule, @Nullable Held found) {
        return switch (rule) {
            case Rule.None() -> null;
            case Rule.Create() ->
                found != null && found.live()
                        ? "document already exists (current version [%d])".formatted(found.version())
                        : null;
            case Rule.External(long version) ->
                found != null && found.version() >= version
                        ? "current version [%d] is higher or equal to the one provided [%d]"
                                .formatted(found.version(), version)
                        : null;
            case Rule.ExternalOrEqual(long version) ->
                found != null && found.version() > version
                        ? "current version [%d] is higher than the one provided [%d]"
                                .formatted(found.version(), version)
                        : null;
            case Rule.SeqNo(long seqNo, long term) -> {
                String required = "required seqNo [%d], primary term [%d]. ".formatted(seqNo, term);
                if (found == null || !found.live()) {
                    yield required + "but no document was found";
                }
                yield found.seqNo() == seqNo && term == TERM
                        ? null
                        : required
                                + "current document has seqNo [%d] and primary term [%d]"
                                        .formatted(found.seqNo(), TERM);
            }
        };
    }

    private static Told conflict(String id, String why, @Nullable Held found) {
        String reason = "[" + id + "]: version conflict, " + why;
        return found == null
                ? new Told("CONFLICT", -1, -1, false, reason)
                : new Told("CONFLICT", found.seqNo(), found.version(), found.live(), reason);
    }

    private static long version(Rule rule, @Nullable Held found) {
        return switch (rule) {
            case Rule.External(long version) -> version;
            case Rule.ExternalOrEqual(long version) -> version;
            case Rule.None _, Rule.Create _, Rule.SeqNo _ -> found == null ? 1 : found.version() + 1;
        };
    }

    private void tell(long offset, Told told) {
        toldByOffset.put(offset, told);
    }
}
