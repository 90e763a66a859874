package io.elpis.torture.check;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares documents that were created, each once and never touched again, with those that are there in the end.
 * Finds what was acknowledged and lost, what is there twice or was written twice, what is there although it was
 * refused, and what nobody wrote.
 */
public final class Census {

    private final Map<String, List<Long>> present;

    /** @param present versions of the documents found at the end, by the value they hold */
    public Census(Map<String, List<Long>> present) {
        this.present = present;
    }

    public List<String> violations(List<Operation> creations) {
        List<String> found = new ArrayList<>();
        Map<String, List<Long>> strangers = new TreeMap<>(present);
        for (Operation operation : creations) {
            String value = value(operation.call());
            List<Long> versions = present.getOrDefault(value, List.of());
            strangers.remove(value);
            String wrong = wrong(operation.reply(), versions);
            if (!wrong.isEmpty()) {
                found.add(wrong + ": " + operation + ", found with versions " + versions);
            }
        }
        strangers.forEach((value, versions) -> found.add("never written: " + value + " with versions " + versions));
        return found;
    }

    private static String wrong(Reply reply, List<Long> versions) {
        if (versions.size() > 1) {
            return "there more than once";
        }
        if (!versions.isEmpty() && versions.getFirst() != 1) {
            return "written more than once";
        }
        return switch (reply) {
            case Reply.Stored stored when versions.isEmpty() -> "acknowledged and lost";
            case Reply.Stored stored when !stored.created() || stored.version() != 1 -> "found where nothing was";
            case Reply.Conflict conflict -> "in conflict with nobody";
            case Reply.Contradiction contradiction -> "told two outcomes";
            case Reply.Refused refused when !versions.isEmpty() -> "refused and stored";
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
