package io.elpis.torture.check;

import java.util.ArrayList;
import java.util.List;

/**
 * @param violations promises that were broken, in words
 * @param undecided what the checker could not decide within its budget: neither innocent nor guilty
 */
public record Verdict(List<String> violations, List<String> undecided) {

    public static final Verdict SOUND = new Verdict(List.of(), List.of());

    public Verdict {
        violations = List.copyOf(violations);
        undecided = List.copyOf(undecided);
    }

    public boolean sound() {
        return violations.isEmpty() && undecided.isEmpty();
    }

    public Verdict and(Verdict other) {
        List<String> violationsOfBoth = new ArrayList<>(violations);
        violationsOfBoth.addAll(other.violations);
        List<String> undecidedOfBoth = new ArrayList<>(undecided);
        undecidedOfBoth.addAll(other.undecided);
        return new Verdict(violationsOfBoth, undecidedOfBoth);
    }
}
