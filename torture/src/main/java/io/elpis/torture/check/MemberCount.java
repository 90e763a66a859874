package io.elpis.torture.check;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares documents to which many clients added one member each by partial updates with what they hold in the end.
 * Every applied addition raises the version by one, be it the member's second; the first one stores the document. So the
 * version is the number of members, whichever of the open additions are among them, and no two have the same.
 */
public final class MemberCount {

    /** A document at the end. */
    public record Document(Set<String> members, long version) {

        public Document {
            members = Set.copyOf(members);
        }
    }

    private static final Document NOTHING = new Document(Set.of(), 0);

    private final Map<String, Document> present;
    private final List<String> found = new ArrayList<>();

    /** @param present documents that exist at the end, by key */
    public MemberCount(Map<String, Document> present) {
        this.present = Map.copyOf(present);
    }

    /** @param additions all of them, to all documents; to be asked for once */
    public List<String> violations(List<Operation> additions) {
        Map<String, List<Operation>> byKey =
                additions.stream().collect(Collectors.groupingBy(Operation::key, TreeMap::new, Collectors.toList()));
        present.keySet().forEach(key -> byKey.putIfAbsent(key, List.of()));
        byKey.forEach((key, history) -> {
            Document document = present.getOrDefault(key, NOTHING);
            history.forEach(operation -> outcome(operation, document));
            versions(key, history);
            members(key, history, document);
            SequenceNumbers.violations(history).forEach(violation -> found.add(key + ": " + violation));
        });
        return found;
    }

    private void outcome(Operation operation, Document document) {
        boolean there = document.members().contains(member(operation));
        String wrong = switch (operation.reply()) {
            case Reply.Stored stored when !there -> "acknowledged and lost";
            case Reply.Stored stored
            when stored.version() < 1 || stored.version() > document.version() -> "told a version that is not there";
            case Reply.Stored stored
            when stored.created() != (stored.version() == 1) ->
                stored.created() ? "created, but not as the first" : "the first, but not created";
            case Reply.Refused refused when there -> "refused and stored";
            case Reply.Conflict conflict -> "in conflict with nobody";
            case Reply.Contradiction contradiction -> "told two outcomes";
            default -> "";
        };
        if (!wrong.isEmpty()) {
            found.add(wrong + ": " + operation + ", found with version " + document.version());
        }
    }

    private void versions(String key, List<Operation> history) {
        Set<Long> told = new HashSet<>();
        for (Operation operation : history) {
            if (operation.reply() instanceof Reply.Stored stored && !told.add(stored.version())) {
                found.add("one version told twice: " + stored.version() + " of " + key);
            }
        }
    }

    private void members(String key, List<Operation> history, Document document) {
        Set<String> strangers = new TreeSet<>(document.members());
        history.forEach(operation -> strangers.remove(member(operation)));
        if (!strangers.isEmpty()) {
            found.add("never written: " + strangers + " of " + key);
        }
        int members = document.members().size();
        if (document.version() != members) {
            found.add((document.version() > members ? "applied more than once: " : "changed without a new version: ")
                    + key + " has " + members + " members and version " + document.version());
        }
    }

    private static String member(Operation addition) {
        return ((Call.AddMember) addition.call()).member();
    }
}
