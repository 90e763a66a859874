package io.elpis.launcher.torture;

import io.elpis.torture.check.Verdict;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run has shown, in words. */
public final class Report {

    private static final int SHOWN = 20;

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Long> faults;
    private Verdict verdict = Verdict.SOUND;

    Report(List<Fault> faults) {
        this.faults = faults.stream()
                .collect(Collectors.groupingBy(fault -> fault.kind().toString(), TreeMap::new, Collectors.counting()));
    }

    void add(WorkloadKind kind, List<Operation> operations, Verdict judged) {
        verdict = verdict.and(judged);
        long writes = operations.stream().filter(operation -> !operation.read()).count();
        long acknowledged = operations.stream()
                .filter(operation ->
                        operation.reply() instanceof Reply.Stored || operation.reply() instanceof Reply.Removed)
                .count();
        long repeated = operations.stream()
                .filter(operation -> operation.attempts() > 1)
                .count();
        lines.add("%-9s %d reads, %d writes, %d of them acknowledged, %d sent more than once"
                .formatted(kind, operations.size() - writes, writes, acknowledged, repeated));
        reasons(operations).forEach((reason, count) -> lines.add("          %6d %s".formatted(count, reason)));
    }

    public boolean sound() {
        return verdict.sound();
    }

    public List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        all.add("faults    " + faults);
        verdict.undecided().stream().limit(SHOWN).forEach(line -> all.add("undecided " + line));
        verdict.violations().stream().limit(SHOWN).forEach(line -> all.add("VIOLATION " + line));
        all.add(
                verdict.sound()
                        ? "sound: nothing acknowledged was lost, nothing was applied twice, no read was wrong"
                        : "%d violations, %d undecided"
                                .formatted(
                                        verdict.violations().size(),
                                        verdict.undecided().size()));
        return all;
    }

    /** Why operations were refused or stayed open. */
    private static Map<String, Long> reasons(List<Operation> operations) {
        return operations.stream()
                .map(Operation::reply)
                .filter(reply -> reply instanceof Reply.Refused || reply instanceof Reply.Open)
                .collect(Collectors.groupingBy(
                        reply -> switch (reply) {
                            case Reply.Refused refused -> "refused: " + refused.reason();
                            case Reply.Open open -> "open: " + open.reason();
                            default -> throw new IllegalStateException("filtered: " + reply);
                        },
                        TreeMap::new,
                        Collectors.counting()));
    }
}
