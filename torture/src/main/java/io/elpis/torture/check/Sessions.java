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
 * Looks at reads that need not see everything. One of a session never sees less than the session has seen before: it
 * does not go back. None sees a value that nobody wrote.
 */
final class Sessions {

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
        Map<Integer, Operation> newest = new HashMap<>();
        for (Operation operation : byBegin) {
            if (operation.weak()) {
                judge(operation, newest.get(operation.client()));
            }
            if (operation.session() && seqNo(operation) >= 0) {
                newest.merge(operation.client(), operation, (former, now) -> seqNo(former) < seqNo(now) ? now : former);
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

    /** @param before the newest that the client's session had seen */
    private void judge(Operation read, @Nullable Operation before) {
        if (read.reply() instanceof Reply.Contradiction) {
            found.add("two documents under one id: " + read);
        }
        if (read.reply() instanceof Reply.Found seen && !written.contains(seen.value())) {
            found.add("read and never written: " + read);
        }
        if (before != null && ofSession(read) && back(read, before)) {
            found.add("a session read went back: " + read + " came after " + before);
        }
    }

    private boolean back(Operation read, Operation before) {
        return switch (read.reply()) {
            case Reply.Found seen -> seen.seqNo() < seqNo(before);
            case Reply.Absent absent -> !(before.reply() instanceof Reply.Removed) && !removedSince(before, read);
            default -> false;
        };
    }

    /** Whether a removal after what was seen may explain that nothing is there. */
    private boolean removedSince(Operation seen, Operation read) {
        return operations.stream()
                .filter(operation -> operation.call() instanceof Call.Remove && operation.invoked() <= read.returned())
                .anyMatch(operation -> operation.open() || seqNo(operation) > seqNo(seen));
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
