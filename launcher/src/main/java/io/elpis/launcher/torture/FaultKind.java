package io.elpis.launcher.torture;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.service.Fleet;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.service.ServiceKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can go wrong on purpose. Every second victim of a kind that may hit query nodes is one. */
public enum FaultKind {
    /** SIGKILL of a service's process, and a start some seconds later. */
    KILL(Group.SERVICES, ServiceKind.GATEWAY),
    /** SIGSTOP of a service's process, and SIGCONT some seconds later: as a long pause of the machine. */
    PAUSE(Group.SERVICES, ServiceKind.GATEWAY),
    /** Nothing arrives at a process, or nothing from it, or neither; nobody is told. */
    CUT(Group.SERVICES, ServiceKind.KAFKA, ServiceKind.POSTGRES),
    /** What goes to a process and comes from it takes its time. */
    SLOW(Group.SERVICES, ServiceKind.KAFKA, ServiceKind.POSTGRES),
    /** No space left where a query node keeps its copies. */
    DISK(Set.of(ServiceKind.QUERY)),
    /** A wall clock that jumps, one way or the other. */
    SKEW(Set.of(ServiceKind.QUERY, ServiceKind.INDEX, ServiceKind.AGGREGATOR)),
    /** SIGKILL or SIGSTOP of a Kafka broker. */
    BROKER(Set.of(), ServiceKind.KAFKA),
    /** SIGKILL or SIGSTOP of the metadata database. */
    DATABASE(Set.of(), ServiceKind.POSTGRES);

    private static final class Group {
        static final Set<ServiceKind> SERVICES = Set.of(
                ServiceKind.QUERY, ServiceKind.DISCOVERY, ServiceKind.AUTH, ServiceKind.INDEX, ServiceKind.AGGREGATOR);

        private Group() {}
    }

    private final Set<ServiceKind> kinds;

    FaultKind(Set<ServiceKind> group, ServiceKind... more) {
        kinds = EnumSet.noneOf(ServiceKind.class);
        kinds.addAll(group);
        kinds.addAll(Arrays.asList(more));
    }

    /** @param list names, separated by commas, or {@code all} */
    public static Set<FaultKind> named(String list) {
        if (list.equals("all")) {
            return EnumSet.allOf(FaultKind.class);
        }
        return Arrays.stream(list.split(","))
                .map(FaultKind::one)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
    }

    /** Every instance that this fault may hit, in groups that are hit equally often. */
    List<List<Instance>> victims(Fleet fleet) {
        List<Instance> nodes = kinds.contains(ServiceKind.QUERY) ? fleet.of(ServiceKind.QUERY) : List.of();
        List<Instance> others = fleet.instances().stream()
                .filter(instance -> instance.kind() != ServiceKind.QUERY && kinds.contains(instance.kind()))
                .toList();
        return Stream.of(nodes, others).filter(group -> !group.isEmpty()).toList();
    }

    private static FaultKind one(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name.strip()))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "no fault " + name + "; there are " + Arrays.toString(values()) + " and all", ExitCode.USAGE));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
