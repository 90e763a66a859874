package io.elpis.torture.check;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares documents that were created, each once and never touched again, with those that are there in the end.
 * Finds what was acknowledged and lost, what is there twice or was written twice, what is there although it was
 * refused, what nobody wrote, and sequence numbers that were given twice or told wrongly.
 */
public final class Census {

    /** A document that is there in the end. */
    public record Sight(int shard, long seqNo, long version) {}

    private record Number(int shard, long seqNo) {}

    private final Map<String, List<Sight>> present;

    /** @param present the documents found at the end, by the value they hold */
    public Census(Map<String, List<Sight>> present) {
        this.present = present;
    }

    public List<String> violations(List<Operation> creations) {
        List<String> found = new ArrayList<>();
        Map<String, List<Sight>> strangers = new TreeMap<>(present);
        for (Operation operation : creations) {
            String value = value(operation.call());
            List<Sight> sights = present.getOrDefault(value, List.of());
            strangers.remove(value);
            String wrong = wrong(operation.reply(), sights);
            if (!wrong.isEmpty()) {
                found.add(wrong + ": " + operation + ", found as " + sights);
            }
        }
        strangers.forEach((value, sights) -> found.add("never written: " + value + ", found as " + sights));
        shared(found);
        return found;
    }

    /** A shard gives each of its numbers to one change. */
    private void shared(List<String> found) {
        Map<Number, String> owners = new HashMap<>();
        present.forEach((value, sights) -> {
            for (Sight sight : sights) {
                String other = owners.putIfAbsent(new Number(sight.shard, sight.seqNo), value);
                if (other != null) {
                    found.add("two documents with one sequence number: " + other + " and " + value + " as " + sight);
                }
            }
        });
    }

    private static String wrong(Reply reply, List<Sight> sights) {
        if (sights.size() > 1) {
            return "there more than once";
        }
        if (!sights.isEmpty() && sights.getFirst().version != 1) {
            return "written more than once";
        }
        return switch (reply) {
            case Reply.Stored stored when sights.isEmpty() -> "acknowledged and lost";
            case Reply.Stored stored when !stored.created() || stored.version() != 1 -> "found where nothing was";
            case Reply.Stored stored when stored.seqNo() != sights.getFirst().seqNo -> "told another sequence number";
            case Reply.Conflict conflict -> "in conflict with nobody";
            case Reply.Contradiction contradiction -> "told two outcomes";
            case Reply.Refused refused when !sights.isEmpty() -> "refused and stored";
            default -> "";
        };
    }

    private static String value(Call call) {
        return switch (call) {
            case Call.Create create -> create.value();
            case Call.Put put -> put.value();
            default -> throw new IllegalArgumentException("not a creation: " + call);
        };
    }
}
