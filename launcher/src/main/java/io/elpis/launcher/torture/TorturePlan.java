package io.elpis.launcher.torture;

import java.time.Duration;
import java.util.Set;

/**
 * What is asked of one run.
 *
 * @param clients that work side by side
 */
public record TorturePlan(Duration length, long seed, Set<FaultKind> faults, Set<WorkloadKind> workloads, int clients) {

    public TorturePlan {
        faults = Set.copyOf(faults);
        workloads = Set.copyOf(workloads);
    }
}
