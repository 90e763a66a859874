package io.elpis.torture.check;

import io.elpis.torture.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Judges the histories of many documents that were used as registers, one document by itself. */
public final class Registers {

    private final long budget;

    /** @param budget steps that the search for an order may take for one document */
    public Registers(long budget) {
        this.budget = budget;
    }

    /** What is wrong, and what could not be decided, in words; empty where all is well. */
    public Verdict judge(List<Operation> operations) {
        Map<String, List<Operation>> byKey =
                operations.stream().collect(Collectors.groupingBy(Operation::key, TreeMap::new, Collectors.toList()));
        List<String> violations = new ArrayList<>();
        List<String> undecided = new ArrayList<>();
        byKey.forEach((key, history) -> {
            List<Operation> strong =
                    history.stream().filter(operation -> !operation.weak()).toList();
            switch (Linearizability.of(strong, budget)) {
                case Judgement.Sound sound -> {}
                case Judgement.Broken broken -> violations.add("not linearizable: " + key + ": " + broken.reason());
                case Judgement.Undecided open ->
                    undecided.add(key + ": no order found in " + open.steps() + " steps, nor shown that there is none");
            }
            SequenceNumbers.violations(history).forEach(violation -> violations.add(key + ": " + violation));
            Sessions.violations(history).forEach(violation -> violations.add(key + ": " + violation));
        });
        return new Verdict(violations, undecided);
    }
}
