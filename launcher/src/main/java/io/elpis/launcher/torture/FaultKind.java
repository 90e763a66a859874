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

/** What can go wrong on purpose. */
public enum FaultKind {
    /** SIGKILL of a service's process, and a start some seconds later. */
    KILL(Set.of(
            ServiceKind.DISCOVERY, ServiceKind.AUTH, ServiceKind.INDEX, ServiceKind.AGGREGATOR, ServiceKind.GATEWAY)),
    /** SIGSTOP of a service's process, and SIGCONT some seconds later: as a long pause of the machine. */
    PAUSE(Set.of(
            ServiceKind.DISCOVERY, ServiceKind.AUTH, ServiceKind.INDEX, ServiceKind.AGGREGATOR, ServiceKind.GATEWAY)),
    /** SIGKILL or SIGSTOP of a Kafka broker. */
    BROKER(Set.of(ServiceKind.KAFKA)),
    /** SIGKILL or SIGSTOP of the metadata database. */
    DATABASE(Set.of(ServiceKind.POSTGRES));

    private final Set<ServiceKind> single;

    FaultKind(Set<ServiceKind> single) {
        this.single = single;
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

    /** Every instance that this fault may hit; services' faults hit a query node about every second time. */
    List<List<Instance>> victims(Fleet fleet) {
        List<Instance> singles = fleet.instances().stream()
                .filter(instance -> single.contains(instance.kind()))
                .toList();
        boolean services = this == KILL || this == PAUSE;
        return services ? List.of(fleet.of(ServiceKind.QUERY), singles) : List.of(singles);
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
