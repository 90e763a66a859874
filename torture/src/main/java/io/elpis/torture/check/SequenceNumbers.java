package io.elpis.torture.check;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the sequence numbers that one document's operations were told: a number belongs to one change and a change
 * has one number, and a change that was asked for after another had been answered has the higher number.
 */
final class SequenceNumbers {

    /** A change or a sight of one. */
    private record Told(Operation operation, long seqNo, String change) {}

    private SequenceNumbers() {}

    /** @param operations of one document */
    static List<String> violations(List<Operation> operations) {
        List<Told> told = new ArrayList<>();
        for (Operation operation : operations) {
            Told one = told(operation);
            if (one != null) {
                told.add(one);
            }
        }
        List<String> found = new ArrayList<>();
        shared(told, found);
        doubled(told, found);
        backwards(told, found);
        return found;
    }

    /** Values are unique, so that a value with two numbers was stored twice. */
    private static void doubled(List<Told> told, List<String> found) {
        Map<String, Told> byChange = new HashMap<>();
        for (Told one : told) {
            Told other = byChange.putIfAbsent(one.change, one);
            if (other != null && other.seqNo != one.seqNo) {
                found.add("one change with two sequence numbers: " + other.operation + " and " + one.operation);
            }
        }
    }

    private static void shared(List<Told> told, List<String> found) {
        Map<Long, Told> bySeqNo = new HashMap<>();
        for (Told one : told) {
            Told other = bySeqNo.putIfAbsent(one.seqNo, one);
            if (other != null && !other.change.equals(one.change)) {
                found.add("two changes with one sequence number: " + other.operation + " and " + one.operation);
            }
        }
    }

    /** Sweeps over time with the highest number that had been told before the moment. */
    private static void backwards(List<Told> told, List<String> found) {
        List<Told> byEnd = new ArrayList<>(told);
        byEnd.sort(Comparator.comparingLong(one -> one.operation.returned()));
        List<Told> byBegin = new ArrayList<>(told);
        byBegin.sort(Comparator.comparingLong(one -> one.operation.invoked()));
        Told highest = null;
        int ended = 0;
        for (Told one : byBegin) {
            if (one.operation.weak()) {
                continue;
            }
            while (ended < byEnd.size() && byEnd.get(ended).operation.returned() < one.operation.invoked()) {
                Told candidate = byEnd.get(ended++);
                highest = highest == null || candidate.seqNo > highest.seqNo ? candidate : highest;
            }
            if (highest != null && one.seqNo < highest.seqNo) {
                found.add("a sequence number went back: " + one.operation + " came after " + highest.operation);
            }
        }
    }

    private static @Nullable Told told(Operation operation) {
        return switch (operation.reply()) {
            case Reply.Found found -> new Told(operation, found.seqNo(), found.value());
            case Reply.Stored stored -> new Told(operation, stored.seqNo(), written(operation));
            case Reply.Removed removed ->
                new Told(
                        operation,
                        removed.seqNo(),
                        "removal of client " + operation.client() + " at " + operation.invoked());
            default -> null;
        };
    }

    private static String written(Operation operation) {
        return switch (operation.call()) {
            case Call.Put put -> put.value();
            case Call.Create create -> create.value();
            case Call.Swap swap -> swap.value();
            case Call.AddMember member -> member.member();
            default -> throw new IllegalArgumentException("not a write: " + operation);
        };
    }
}
