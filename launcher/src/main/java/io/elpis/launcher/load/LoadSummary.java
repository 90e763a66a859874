package io.elpis.launcher.load;

import io.elpis.launcher.cpu.CpuUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts what got in and what did not, and why. */
public final class LoadSummary {

    private static final int MOST_REASONS = 100;

    private final Map<Cause, Failures> failures = new HashMap<>();
    private long loaded;
    private long failed;
    private long bytes;

    private record Cause(String kind, String shape) {}

    private record Failures(long count, Failure first) {
        Failures plusOne() {
            return new Failures(count + 1, first);
        }
    }

    synchronized void loaded(long records, long sourceBytes) {
        loaded += records;
        bytes += sourceBytes;
    }

    synchronized void failed(Failure failure) {
        failed++;
        var cause = new Cause(failure.kind(), ReasonShape.of(failure.reason()));
        if (failures.size() >= MOST_REASONS && !failures.containsKey(cause)) {
            cause = new Cause(failure.kind(), "for many reasons");
        }
        failures.merge(cause, new Failures(1, failure), (before, one) -> before.plusOne());
    }

    public synchronized long loaded() {
        return loaded;
    }

    public synchronized long failed() {
        return failed;
    }

    public synchronized List<String> lines(String index, double seconds, CpuUse cpu) {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d records (%,.1f MB) are in %s after %.1f s: %,.0f records/s, %.1f MB/s.",
                loaded,
                bytes / 1e6,
                index,
                seconds,
                loaded / seconds,
                bytes / 1e6 / seconds));
        if (cpu.seconds() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "That took %.1f CPU-seconds of the platform's processes%s: %.1f MB a CPU-second.",
                    cpu.seconds(),
                    cpu.caveat(),
                    bytes / 1e6 / cpu.seconds()));
        }
        if (failed > 0) {
            lines.add(String.format(Locale.ROOT, "%,d failed:", failed));
            mostFirst()
                    .forEach(of -> lines.add(String.format(
                            Locale.ROOT,
                            "%,8d  %s, the first at %s: %s",
                            of.count(),
                            of.first().kind(),
                            of.first().origin(),
                            of.first().reason())));
        }
        return lines;
    }

    /** For programs: members that can be written as JSON. */
    public synchronized Map<String, Object> members(String index, double seconds, CpuUse cpu) {
        var members = new LinkedHashMap<String, Object>();
        members.put("index", index);
        members.put("loaded", loaded);
        members.put("bytes", bytes);
        members.put("seconds", thousandths(seconds));
        if (cpu.seconds() > 0) {
            members.put("cpu_seconds", thousandths(cpu.seconds()));
            members.put("cpu_seconds_by_service", cpu.secondsByService());
            members.put("cpu_unknown_of", cpu.gone());
            members.put("megabytes_per_cpu_second", thousandths(bytes / 1e6 / cpu.seconds()));
        }
        members.put("failed", failed);
        members.put("failures", mostFirst().stream().map(LoadSummary::members).toList());
        return members;
    }

    private static double thousandths(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static Map<String, Object> members(Failures of) {
        var members = new LinkedHashMap<String, Object>();
        members.put("count", of.count());
        members.put("type", of.first().kind());
        members.put("first", of.first().origin());
        members.put("reason", of.first().reason());
        return members;
    }

    private List<Failures> mostFirst() {
        return failures.values().stream()
                .sorted(Comparator.comparingLong(Failures::count)
                        .reversed()
                        .thenComparing(of -> of.first().kind())
                        .thenComparing(of -> of.first().origin()))
                .toList();
    }
}
