package io.elpis.launcher.supervision;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.service.Instance;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The deadline of a start passed while nothing had failed: what was started may still become ready. */
public final class StartTooSlow extends CommandFailure {

    private static final long serialVersionUID = 1L;

    /**
     * @param living started, alive and not ready
     * @param waiting not started yet, for want of others
     * @param more told at the end, such as the last lines of a log
     */
    StartTooSlow(Duration deadline, List<Instance> living, List<Instance> waiting, String more) {
        super("not ready within " + deadline.toSeconds() + " s: " + told(living, "alive and starting")
                + (living.isEmpty() || waiting.isEmpty() ? "" : "; ") + told(waiting, "not started yet") + more);
    }

    private static String told(List<Instance> instances, String how) {
        return instances.isEmpty()
                ? ""
                : instances.stream().map(Instance::name).collect(Collectors.joining(", ")) + " (" + how + ")";
    }
}
