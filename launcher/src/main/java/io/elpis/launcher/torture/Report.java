package io.elpis.launcher.torture;

import io.elpis.torture.check.Digests;
import io.elpis.torture.check.Verdict;
import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run has shown, in words. */
public final class Report {

    private static final int SHOWN = 20;

    private final List<String> lines = new ArrayList<>();
    private final Map<FaultKind, Long> faults;
    private final Map<String, Long> reads = new TreeMap<>();
    private final List<String> digests = new ArrayList<>();
    private final TorturePlan plan;
    private long acknowledged;
    private Verdict verdict = Verdict.SOUND;

    /** @param faults that happened, of each kind that could happen */
    Report(TorturePlan plan, Map<FaultKind, Long> faults) {
        this.plan = plan;
        this.faults = new EnumMap<>(faults);
    }

    /** @param repeats of what had been answered */
    void add(WorkloadKind kind, List<Operation> operations, List<Operation> repeats, Verdict judged) {
        verdict = verdict.and(judged);
        long writes = operations.stream().filter(operation -> !operation.read()).count();
        long done = operations.stream().filter(Operation::acknowledged).count();
        long repeated = operations.stream()
                .filter(operation -> operation.attempts() > 1)
                .count();
        acknowledged += done;
        operations.stream()
                .filter(operation -> !operation.open() && !operation.refused())
                .forEach(operation -> {
                    if (operation.call() instanceof Call.Read read) {
                        reads.merge(read.consistency().name().toLowerCase(Locale.ROOT), 1L, Long::sum);
                    }
                });
        lines.add(
                "%-9s %d reads, %d writes, %d of them acknowledged, %d sent more than once, %d again after their answer"
                        .formatted(kind, operations.size() - writes, writes, done, repeated, repeats.size()));
        reasons(operations).forEach((reason, count) -> lines.add("          %6d %s".formatted(count, reason)));
    }

    /** Whether the copies of the workload's index hold the same. */
    void compare(WorkloadKind kind, Digests compared) {
        verdict = verdict.and(new Verdict(compared.violations(), compared.pending()));
        String found = !compared.compared() ? "not compared" : compared.equal() ? "equal" : "NOT equal";
        digests.add("%s: %s (%d copies)".formatted(kind, found, compared.copies()));
    }

    /** @param raised during the run, which no fault excuses */
    void alarms(List<String> raised) {
        verdict = verdict.and(
                new Verdict(raised.stream().map(line -> "an alarm: " + line).toList(), List.of()));
    }

    public boolean sound() {
        return verdict.sound();
    }

    /** Whether as much was done and went wrong as was asked for. */
    public boolean reached() {
        return plan.reached(acknowledged, faults);
    }

    public List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        long sum = faults.values().stream().mapToLong(Long::longValue).sum();
        all.add("writes    " + acknowledged + " acknowledged");
        all.add("reads     " + reads + " answered");
        all.add("faults    " + sum + " in all: " + new TreeMap<>(faults));
        all.add("digests   " + digests);
        verdict.undecided().stream().limit(SHOWN).forEach(line -> all.add("undecided " + line));
        verdict.violations().stream().limit(SHOWN).forEach(line -> all.add("VIOLATION " + line));
        if (!reached()) {
            all.add("too little: %d writes and %d faults of each kind were asked for"
                    .formatted(plan.writes(), plan.faultsEach()));
        }
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
