package io.elpis.launcher.torture;

import io.elpis.launcher.service.Fleet;
import io.elpis.launcher.service.Instance;
import io.elpis.torture.link.Quality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An endless sequence of faults, in which all kinds are equally many: each round has one of each, shuffled. The same
 * seed, fleet and kinds give the same sequence. Its times are the machine's, and so is its order in detail: a fault that
 * cannot happen yet lets others pass, but no new round begins while as many wait as a round has.
 */
final class FaultPlan {

    private static final int SHORTEST_MILLIS = 500;
    private static final int LONGEST_MILLIS = 8_000;
    private static final int NARROWEST_GAP_MILLIS = 500;
    private static final int WIDEST_GAP_MILLIS = 7_500;
    private static final int SLOWEST_MILLIS = 400;
    private static final int NARROWEST = 64 * 1024;
    private static final int WIDEST = 2 * 1024 * 1024;

    /**
     * Seconds. A token is not valid for who lives more than five minutes before its issue, the clock's own error
     * included, and has expired for who lives after its end.
     */
    private static final int FARTHEST_BACK = -50;

    private static final int FARTHEST_AHEAD = 1_500;

    private final Random random;
    private final Fleet fleet;
    private final List<FaultKind> kinds;
    /** In the order of the sequence. */
    private final List<Fault> ahead = new ArrayList<>();

    FaultPlan(long seed, Fleet fleet, Set<FaultKind> kinds) {
        this.random = new Random(seed);
        this.fleet = fleet;
        this.kinds = kinds.stream().sorted().toList();
    }

    /** The first of the faults ahead that can happen now, or none of them. */
    Optional<Fault> next(Predicate<Fault> possible) {
        if (ahead.size() < kinds.size()) {
            ahead.addAll(round());
        }
        for (Iterator<Fault> each = ahead.iterator(); each.hasNext(); ) {
            Fault fault = each.next();
            if (possible.test(fault)) {
                each.remove();
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    private List<Fault> round() {
        List<FaultKind> shuffled = new ArrayList<>(kinds);
        Collections.shuffle(shuffled, random);
        return shuffled.stream().map(this::fault).toList();
    }

    private Fault fault(FaultKind kind) {
        Instance victim = one(one(kind.victims(fleet)));
        return new Fault(
                kind,
                victim,
                harm(kind),
                millis(SHORTEST_MILLIS, LONGEST_MILLIS),
                millis(NARROWEST_GAP_MILLIS, WIDEST_GAP_MILLIS));
    }

    private Harm harm(FaultKind kind) {
        return switch (kind) {
            case KILL -> new Harm.Kill();
            case PAUSE -> new Harm.Stop();
            case BROKER, DATABASE -> one(List.of(new Harm.Kill(), new Harm.Stop()));
            case CUT -> new Harm.Disturb(one(List.of(Quality.CUT, Quality.CUT, Quality.DEAF, Quality.MUTE)));
            case DISK -> new Harm.Fill();
            case SKEW -> new Harm.Skew(Duration.ofSeconds(random.nextInt(FARTHEST_BACK, FARTHEST_AHEAD)));
            case SLOW ->
                new Harm.Disturb(
                        Quality.slow(millis(1, SLOWEST_MILLIS), NARROWEST + random.nextInt(WIDEST - NARROWEST)));
        };
    }

    private Duration millis(int from, int to) {
        return Duration.ofMillis(from + random.nextInt(to - from));
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
