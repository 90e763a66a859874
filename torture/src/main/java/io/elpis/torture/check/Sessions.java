package io.elpis.torture.check;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Call.Consistency;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at reads that need not see everything. One of a session never sees less than the session has seen before, be it
 * that a document is gone: it does not go back. None sees a value that nobody wrote.
 */
final class Sessions {

    /**
     * What a session has seen.
     *
     * @param last what told the most, null for nothing
     * @param seqNo that the document has at least
     * @param gone whether the document was removed then: what is there later has a higher sequence number
     */
    private record Seen(@Nullable Operation last, long seqNo, boolean gone) {
        static final Seen NOTHING = new Seen(null, -1, false);
    }

    private final List<Operation> operations;
    private final Set<String> written = new HashSet<>();
    private final List<String> found = new ArrayList<>();

    private Sessions(List<Operation> operations) {
        this.operations = operations;
    }

    /** @param operations of one document */
    static List<String> violations(List<Operation> operations) {
        return new Sessions(operations).judge();
    }

    private List<String> judge() {
        for (Operation operation : operations) {
            if (!operation.refused()) {
                note(operation.call());
            }
        }
        List<Operation> byBegin = new ArrayList<>(operations);
        byBegin.sort(Comparator.comparingLong(Operation::invoked));
        Map<Integer, Seen> bySession = new HashMap<>();
        for (Operation operation : byBegin) {
            Seen seen = bySession.getOrDefault(operation.client(), Seen.NOTHING);
            if (operation.weak()) {
                judge(operation, seen);
            }
            if (operation.session()) {
                bySession.put(operation.client(), after(seen, operation));
            }
        }
        return found;
    }

    private void note(Call call) {
        switch (call) {
            case Call.Put put -> written.add(put.value());
            case Call.Create create -> written.add(create.value());
            case Call.Swap swap -> written.add(swap.value());
            case Call.AddMember member -> written.add(member.member());
            case Call.Read read -> {}
            case Call.Remove remove -> {}
            case Call.Repeat repeat -> {}
        }
    }

    private void judge(Operation read, Seen before) {
        if (read.reply() instanceof Reply.Contradiction) {
            found.add("two documents under one id: " + read);
        }
        if (read.reply() instanceof Reply.Found seen && !written.contains(seen.value())) {
            found.add("read and never written: " + read);
        }
        if (before.last != null && ofSession(read) && back(read, before)) {
            found.add("a session read went back: " + read + " came after " + before.last);
        }
    }

    private boolean back(Operation read, Seen before) {
        return switch (read.reply()) {
            case Reply.Found seen -> before.gone ? seen.seqNo() <= before.seqNo : seen.seqNo() < before.seqNo;
            case Reply.Absent absent -> !before.gone && removals(before, read).isEmpty();
            default -> false;
        };
    }

    private Seen after(Seen before, Operation operation) {
        if (operation.reply() instanceof Reply.Absent && before.last != null && !before.gone) {
            return new Seen(operation, removal(before, operation), true);
        }
        boolean removed = operation.reply() instanceof Reply.Removed;
        return seqNo(operation) > before.seqNo ? new Seen(operation, seqNo(operation), removed) : before;
    }

    /** The lowest number that the removal can have which the absence shows. */
    private long removal(Seen before, Operation absence) {
        return removals(before, absence).stream()
                .mapToLong(removal -> removal.open() ? before.seqNo : seqNo(removal))
                .min()
                .orElse(before.seqNo);
    }

    /** What may explain that nothing is there. */
    private List<Operation> removals(Seen before, Operation absence) {
        return operations.stream()
                .filter(operation -> operation.call() instanceof Call.Remove)
                .filter(removal -> removal.invoked() <= absence.returned())
                .filter(removal -> removal.open() || seqNo(removal) > before.seqNo)
                .toList();
    }

    private static boolean ofSession(Operation operation) {
        return operation.call() instanceof Call.Read read && read.consistency() == Consistency.SESSION;
    }

    private static long seqNo(Operation operation) {
        return switch (operation.reply()) {
            case Reply.Found seen -> seen.seqNo();
            case Reply.Stored stored -> stored.seqNo();
            case Reply.Removed removed -> removed.seqNo();
            default -> -1;
        };
    }
}
