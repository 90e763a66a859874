package io.elpis.launcher.bench;

import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells of a run, to people and to programs. */
public final class BenchReport {

    private static final String COLUMNS = "%-24s %10s %10s %10s %10s %10s";

    private final BenchRun run;
    private final Account account;

    public BenchReport(BenchRun run) {
        this.run = run;
        this.account = run.account();
    }

    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(format(
                "%,d searches of %s were answered in %.1f s to %d client(s): %,.1f a second. %,d failed, %,d answers were"
                        + " partial.",
                account.answered(),
                run.index(),
                run.seconds(),
                run.clients(),
                run.perSecond(),
                account.failed(),
                account.partial()));
        account.failures()
                .forEach(of -> lines.add(
                        format("%,8d  %s, the first at %s: %s", of.count(), of.kind(), of.first(), of.reason())));
        if (account.answered() > 0) {
            lines.add(format("An answer has %,.0f bytes on average.", run.bytesPerAnswer()));
            lines.add(format(
                    "%.2f CPU-milliseconds a search, of all processes of the platform%s:",
                    run.cpuMillis(run.cpu().seconds()), run.cpu().caveat()));
            lines.add("  " + cpuByService());
            lines.addAll(latencies());
        }
        return lines;
    }

    private String cpuByService() {
        return run.cpu().secondsByService().entrySet().stream()
                .map(service -> format("%s %.2f", service.getKey(), run.cpuMillis(service.getValue())))
                .collect(Collectors.joining(", "));
    }

    private List<String> latencies() {
        var lines = new ArrayList<String>();
        lines.add(format(COLUMNS, "LATENCY IN MS", "SEARCHES", "MEDIAN", "P90", "P99", "MAX"));
        account.byName().forEach((name, latency) -> lines.add(line(name, latency)));
        lines.add(line("all", account.latency()));
        return lines;
    }

    private static String line(String name, Latency of) {
        return format(
                COLUMNS,
                name,
                format("%,d", of.answers()),
                format("%.1f", of.median()),
                format("%.1f", of.p90()),
                format("%.1f", of.p99()),
                format("%.1f", of.max()));
    }

    /** Members that can be written as JSON; means and latencies are left out where nothing was answered. */
    public Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("index", run.index());
        members.put("clients", run.clients());
        members.put("consistency", run.consistency().toString());
        members.put("seconds", thousandths(run.seconds()));
        members.put("answered", account.answered());
        members.put("failed", account.failed());
        members.put("partial", account.partial());
        members.put("failures", account.failures());
        members.put("answered_per_second", thousandths(run.perSecond()));
        members.put("cpu_seconds", thousandths(run.cpu().seconds()));
        members.put("cpu_unknown_of", run.cpu().gone());
        if (account.answered() > 0) {
            members.putAll(means());
            members.put("latency_ms", account.latency());
            members.put("latency_ms_by_name", account.byName());
        }
        return members;
    }

    private Map<String, Object> means() {
        var members = new LinkedHashMap<String, Object>();
        members.put("bytes_per_answer", thousandths(run.bytesPerAnswer()));
        members.put("cpu_ms_per_search", thousandths(run.cpuMillis(run.cpu().seconds())));
        var byService = new LinkedHashMap<String, Double>();
        run.cpu()
                .secondsByService()
                .forEach((service, seconds) -> byService.put(service, thousandths(run.cpuMillis(seconds))));
        members.put("cpu_ms_per_search_by_service", byService);
        return members;
    }

    private static double thousandths(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    @FormatMethod
    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
