package io.elpis.launcher.bench;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of the searches of one run.
 *
 * @param latency of all that were answered
 * @param byName of those with a name
 * @param partial how many answers lacked shards, or parts of them
 * @param bytes of all answers
 * @param failures by kind, the most first
 */
public record Account(
        Latency latency, SortedMap<String, Latency> byName, long partial, long bytes, List<Failures> failures) {

    public Account {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
        failures = List.copyOf(failures);
    }

    public long answered() {
        return latency.answers();
    }

    public long failed() {
        return failures.stream().mapToLong(Failures::count).sum();
    }
}
