package io.elpis.launcher.torture;

import io.elpis.launcher.service.Fleet;
import io.elpis.launcher.service.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** An endless sequence of faults. The same seed, fleet and kinds give the same sequence; its times are the machine's. */
final class FaultPlan {

    private static final int SHORTEST_MILLIS = 500;
    private static final int LONGEST_MILLIS = 8_000;
    private static final int GAP_MILLIS = 3_000;

    private final Random random;
    private final Fleet fleet;
    private final List<FaultKind> kinds;

    FaultPlan(long seed, Fleet fleet, Set<FaultKind> kinds) {
        this.random = new Random(seed);
        this.fleet = fleet;
        this.kinds = kinds.stream().sorted().toList();
    }

    Fault next() {
        FaultKind kind = one(kinds);
        Instance victim = one(one(kind.victims(fleet)));
        Fault.Signal signal = switch (kind) {
            case KILL -> Fault.Signal.KILL;
            case PAUSE -> Fault.Signal.STOP;
            case BROKER, DATABASE -> one(List.of(Fault.Signal.values()));
        };
        return new Fault(kind, victim, signal, millis(SHORTEST_MILLIS, LONGEST_MILLIS), millis(0, GAP_MILLIS));
    }

    private Duration millis(int from, int to) {
        return Duration.ofMillis(from + random.nextInt(to - from));
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
