package io.elpis.launcher.cpu;

import io.elpis.launcher.process.ProcessMark;
import io.elpis.launcher.process.ProcessTree;
import io.elpis.launcher.process.RunRecord;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.supervision.Platform;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The CPU time that each running instance of a platform has taken since its start. */
public record CpuReading(Map<Instance, Taken> instances) {

    /** @param process whose time it is, with that of all that it started */
    public record Taken(ProcessMark process, Duration cpu) {}

    public CpuReading {
        instances = Map.copyOf(instances);
    }

    public static CpuReading of(Platform platform) throws IOException {
        var instances = new HashMap<Instance, Taken>();
        for (Instance instance : platform.fleet().instances()) {
            Optional<ProcessMark> mark =
                    platform.records().find(instance.name()).map(RunRecord::mark);
            mark.flatMap(ProcessMark::process)
                    .map(process -> new ProcessTree(process).cpuTime())
                    .ifPresent(cpu -> instances.put(instance, new Taken(mark.orElseThrow(), cpu)));
        }
        return new CpuReading(instances);
    }
}
