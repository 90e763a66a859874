package io.elpis.torture.check;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares documents to which many clients added one member each by partial updates with what they hold in the end.
 * Every applied addition raises the version by one, the first one stores the document, so that the version counts them.
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

    /** @param present documents that exist at the end, by key */
    public MemberCount(Map<String, Document> present) {
        this.present = Map.copyOf(present);
    }

    /** @param additions all of them, to all documents */
    public List<String> violations(List<Operation> additions) {
        List<String> found = new ArrayList<>();
        Map<String, Set<String>> asked = new TreeMap<>();
        for (Operation operation : additions) {
            String member = ((Call.AddMember) operation.call()).member();
            Document document = present.getOrDefault(operation.key(), NOTHING);
            asked.computeIfAbsent(operation.key(), key -> new TreeSet<>()).add(member);
            boolean there = document.members().contains(member);
            if (operation.reply() instanceof Reply.Stored && !there) {
                found.add("acknowledged and lost: " + operation);
            }
            if (operation.reply() instanceof Reply.Contradiction) {
                found.add("told two outcomes: " + operation);
            }
            if (operation.reply() instanceof Reply.Refused && there) {
                found.add("refused and stored: " + operation);
            }
        }
        present.forEach((key, document) -> {
            Set<String> strangers = new TreeSet<>(document.members());
            strangers.removeAll(asked.getOrDefault(key, Set.of()));
            if (!strangers.isEmpty()) {
                found.add("never written: " + strangers + " of " + key);
            }
            if (document.version() != document.members().size()) {
                found.add("applied more than once: " + key + " has "
                        + document.members().size() + " members and version " + document.version());
            }
        });
        return found;
    }
}
