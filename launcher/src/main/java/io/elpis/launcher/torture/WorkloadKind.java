package io.elpis.launcher.torture;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
import io.elpis.torture.client.Door;
import io.elpis.torture.workload.BulkWorkload;
import io.elpis.torture.workload.Recorder;
import io.elpis.torture.workload.RegisterWorkload;
import io.elpis.torture.workload.SetWorkload;
import io.elpis.torture.workload.UpdateWorkload;
import io.elpis.torture.workload.Workload;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What clients do under torture. */
public enum WorkloadKind {
    REGISTER(RegisterWorkload::new),
    SET(SetWorkload::new),
    UPDATE(UpdateWorkload::new),
    BULK(BulkWorkload::new);

    private interface Maker {
        Workload make(Door door, Recorder recorder, String run);
    }

    private final Maker maker;

    WorkloadKind(Maker maker) {
        this.maker = maker;
    }

    /** @param list names, separated by commas, or {@code all} */
    public static Set<WorkloadKind> named(String list) {
        if (list.equals("all")) {
            return EnumSet.allOf(WorkloadKind.class);
        }
        return Arrays.stream(list.split(","))
                .map(WorkloadKind::one)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(WorkloadKind.class)));
    }

    Workload make(Door door, Recorder recorder, String run) {
        return maker.make(door, recorder, run);
    }

    private static WorkloadKind one(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name.strip()))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "no workload " + name + "; there are " + Arrays.toString(values()) + " and all",
                        ExitCode.USAGE));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
