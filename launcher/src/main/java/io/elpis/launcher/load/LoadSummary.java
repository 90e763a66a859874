package io.elpis.launcher.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what got in and what did not, and why. */
public final class LoadSummary {

    private final Map<String, Failures> failures = new TreeMap<>();
    private long loaded;
    private long failed;
    private long bytes;

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
        failures.merge(failure.kind(), new Failures(1, failure), (before, one) -> before.plusOne());
    }

    public synchronized long loaded() {
        return loaded;
    }

    public synchronized long failed() {
        return failed;
    }

    public synchronized List<String> lines(String index, double seconds) {
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
        if (failed > 0) {
            lines.add(String.format(Locale.ROOT, "%,d failed:", failed));
            failures.forEach((kind, of) -> lines.add(String.format(
                    Locale.ROOT,
                    "%,8d  %s, the first at %s: %s",
                    of.count(),
                    kind,
                    of.first().origin(),
                    of.first().reason())));
        }
        return lines;
    }
}
