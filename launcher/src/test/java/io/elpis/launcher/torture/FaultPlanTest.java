package io.elpis.launcher.torture;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.platform.PlatformShape;
import io.elpis.launcher.service.Fleet;
import io.elpis.launcher.service.ServiceKind;
import io.elpis.torture.link.Quality;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FaultPlanTest {

    private static final Fleet FLEET = Fleet.of(new PlatformShape(5, 2, 3, 2, "127.0.0.1", 8080));

    @Test
    void oneSeedMakesOneSequence() {
        assertThat(faults(7, EnumSet.allOf(FaultKind.class))).isEqualTo(faults(7, EnumSet.allOf(FaultKind.class)));
        assertThat(faults(7, EnumSet.allOf(FaultKind.class))).isNotEqualTo(faults(8, EnumSet.allOf(FaultKind.class)));
    }

    @Test
    void everyInstanceIsHitSoonerOrLater() {
        assertThat(faults(3, EnumSet.allOf(FaultKind.class)).stream().map(Fault::victim))
                .containsAll(FLEET.instances());
    }

    @Test
    void onlyAskedKindsHappen() {
        assertThat(faults(1, Set.of(FaultKind.BROKER)))
                .allMatch(fault -> fault.victim().kind() == ServiceKind.KAFKA)
                .anyMatch(fault -> fault.harm() instanceof Harm.Kill)
                .anyMatch(fault -> fault.harm() instanceof Harm.Stop);
        assertThat(faults(1, Set.of(FaultKind.KILL)))
                .allMatch(fault -> fault.harm() instanceof Harm.Kill)
                .noneMatch(fault -> fault.victim().kind() == ServiceKind.KAFKA);
    }

    @Test
    void allKindsAreEquallyMany() {
        int kinds = FaultKind.values().length;
        FaultPlan plan = new FaultPlan(11, FLEET, EnumSet.allOf(FaultKind.class));
        assertThat(Stream.generate(() -> any(plan)).limit(10L * kinds).collect(groupingBy(Fault::kind, counting())))
                .hasSize(kinds)
                .allSatisfy((kind, count) -> assertThat(count).isEqualTo(10));
    }

    @Test
    void whatCannotHappenYetLetsOthersPassAndComesFirstAfterwards() {
        List<Fault> sequence = faults(7, EnumSet.allOf(FaultKind.class));
        FaultPlan plan = new FaultPlan(7, FLEET, EnumSet.allOf(FaultKind.class));
        Fault waiting = sequence.getFirst();
        assertThat(plan.next(fault -> !fault.equals(waiting))).contains(sequence.get(1));
        assertThat(plan.next(fault -> !fault.equals(waiting))).contains(sequence.get(2));
        assertThat(plan.next(fault -> true)).contains(waiting);
        assertThat(plan.next(fault -> true)).contains(sequence.get(3));
    }

    @Test
    void noKindIsLeftOutForGood() {
        int kinds = FaultKind.values().length;
        FaultPlan plan = new FaultPlan(7, FLEET, EnumSet.allOf(FaultKind.class));
        assertThat(Stream.generate(() -> plan.next(fault -> fault.kind() != FaultKind.DISK))
                        .takeWhile(Optional::isPresent)
                        .limit(1_000))
                .hasSizeBetween(kinds - 1, kinds * kinds);
    }

    @Test
    void linksAreCutWhollyAndOneWay() {
        assertThat(faults(5, Set.of(FaultKind.CUT)))
                .extracting(Fault::harm)
                .contains(
                        new Harm.Disturb(Quality.CUT), new Harm.Disturb(Quality.DEAF), new Harm.Disturb(Quality.MUTE));
        assertThat(faults(5, Set.of(FaultKind.CUT)))
                .allMatch(Fault::takesAway)
                .noneMatch(fault -> fault.victim().kind() == ServiceKind.GATEWAY);
        assertThat(faults(5, Set.of(FaultKind.SLOW))).noneMatch(Fault::takesAway);
    }

    @Test
    void namesAreReadFromAList() {
        assertThat(FaultKind.named("kill,broker")).containsExactlyInAnyOrder(FaultKind.KILL, FaultKind.BROKER);
        assertThat(FaultKind.named("all")).containsExactlyInAnyOrder(FaultKind.values());
        assertThat(WorkloadKind.named("set, bulk")).containsExactlyInAnyOrder(WorkloadKind.SET, WorkloadKind.BULK);
        assertThatThrownBy(() -> FaultKind.named("flood"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("no fault flood; there are [kill, pause, cut, slow, disk, skew, broker, database] and all");
    }

    private static Fault any(FaultPlan plan) {
        return plan.next(fault -> true).orElseThrow();
    }

    private static List<Fault> faults(long seed, Set<FaultKind> kinds) {
        FaultPlan plan = new FaultPlan(seed, FLEET, kinds);
        return Stream.generate(() -> any(plan)).limit(400).toList();
    }
}
