package io.elpis.launcher.torture;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What is asked of one run.
 *
 * @param length at least; at most {@value #MOST_TIMES} times as long, until the goals are reached
 * @param clients that work side by side
 * @param writes that have to be acknowledged
 * @param faultsEach that have to happen of every kind
 */
public record TorturePlan(
        Duration length,
        long seed,
        Set<FaultKind> faults,
        Set<WorkloadKind> workloads,
        int clients,
        long writes,
        int faultsEach) {

    private static final int MOST_TIMES = 3;

    public TorturePlan {
        faults = Set.copyOf(faults);
        workloads = Set.copyOf(workloads);
    }

    /** @param counts of the faults until now, for every kind that can happen */
    boolean reached(long acknowledged, Map<FaultKind, Long> counts) {
        return acknowledged >= writes && counts.values().stream().allMatch(count -> count >= faultsEach);
    }

    boolean over(Duration passed, boolean reached) {
        return passed.compareTo(length.multipliedBy(MOST_TIMES)) >= 0 || passed.compareTo(length) >= 0 && reached;
    }
}
