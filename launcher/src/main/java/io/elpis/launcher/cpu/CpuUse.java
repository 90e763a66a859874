package io.elpis.launcher.cpu;

import io.elpis.launcher.cpu.CpuReading.Taken;
import io.elpis.launcher.process.ProcessMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * CPU time that a platform took from one moment to another.
 *
 * @param byService all services of which something ran at the second moment, by their users' names
 * @param gone instances whose process ended meanwhile: what it took since the first moment is not known and not counted
 */
public record CpuUse(Map<String, Duration> byService, List<String> gone) {

    /** Where nobody looked. */
    public static final CpuUse UNKNOWN = new CpuUse(Map.of(), List.of());

    public CpuUse {
        byService = Map.copyOf(byService);
        gone = List.copyOf(gone);
    }

    /** A process that was not there before is counted from its start. */
    public static CpuUse between(CpuReading before, CpuReading after) {
        var byService = new HashMap<String, Duration>();
        after.instances().forEach((instance, taken) -> {
            Duration cpu = taken.cpu()
                    .minus(takenBy(taken.process(), before.instances().get(instance)));
            byService.merge(instance.kind().service(), cpu, Duration::plus);
        });
        var gone = new ArrayList<String>();
        before.instances().forEach((instance, taken) -> {
            Taken later = after.instances().get(instance);
            if (later == null || !later.process().equals(taken.process())) {
                gone.add(instance.name());
            }
        });
        return new CpuUse(byService, gone.stream().sorted().toList());
    }

    public double seconds() {
        return byService.values().stream().mapToDouble(CpuUse::seconds).sum();
    }

    /** The same in seconds, the most costly first. */
    public SequencedMap<String, Double> secondsByService() {
        var seconds = new LinkedHashMap<String, Double>();
        byService.entrySet().stream()
                .sorted(Map.Entry.<String, Duration>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(service -> seconds.put(service.getKey(), seconds(service.getValue())));
        return seconds;
    }

    /** Words to put behind a figure of CPU time; empty where it is whole. */
    public String caveat() {
        return gone.isEmpty() ? "" : " (without all that was taken by " + String.join(", ", gone) + ", which ended)";
    }

    private static double seconds(Duration cpu) {
        return cpu.toMillis() / 1e3;
    }

    private static Duration takenBy(ProcessMark process, @Nullable Taken taken) {
        return taken != null && taken.process().equals(process) ? taken.cpu() : Duration.ZERO;
    }
}
