package io.elpis.launcher.bench;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.launcher.bench.Outcome.Answered;
import io.elpis.launcher.bench.Outcome.Failed;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts what comes of searches. Keeps histograms of the latencies, so that it does not grow with them. */
@ThreadSafe
final class Tally {

    private static final int DIGITS = 3;
    private static final int MOST_KINDS = 100;

    @GuardedBy("this")
    private final Histogram all = new Histogram(DIGITS);

    @GuardedBy("this")
    private final Map<String, Histogram> byName = new TreeMap<>();

    @GuardedBy("this")
    private final Map<String, Failures> failures = new HashMap<>();

    @GuardedBy("this")
    private long partial;

    @GuardedBy("this")
    private long bytes;

    /** @param nanos from the question to the whole answer */
    synchronized void add(BenchSearch search, Outcome outcome, long nanos) {
        switch (outcome) {
            case Answered(int size, boolean lacking) -> {
                bytes += size;
                partial += lacking ? 1 : 0;
                long micros = Math.max(0, nanos / 1_000);
                all.recordValue(micros);
                if (!search.name().isEmpty()) {
                    byName.computeIfAbsent(search.name(), _ -> new Histogram(DIGITS))
                            .recordValue(micros);
                }
            }
            case Failed(String kind, String reason) -> {
                boolean known = failures.size() < MOST_KINDS || failures.containsKey(kind);
                failures.merge(
                        known ? kind : "for many reasons",
                        new Failures(kind, 1, search.origin(), reason),
                        (before, one) -> before.plusOne());
            }
        }
    }

    synchronized Account account() {
        var latencies = new TreeMap<String, Latency>();
        byName.forEach((name, micros) -> latencies.put(name, Latency.of(micros)));
        List<Failures> mostFirst = failures.values().stream()
                .sorted(Comparator.comparingLong(Failures::count).reversed().thenComparing(Failures::kind))
                .toList();
        return new Account(Latency.of(all), latencies, partial, bytes, mostFirst);
    }
}
