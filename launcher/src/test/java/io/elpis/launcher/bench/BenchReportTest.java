package io.elpis.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.cpu.CpuUse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BenchReportTest {

    private static final CpuUse CPU =
            new CpuUse(Map.of("gateway", Duration.ofMillis(500), "query-service", Duration.ofMillis(2_000)), List.of());

    @Test
    void peopleReadWhatBenchmarksTell() {
        var account = new Account(
                new Latency(1_000, 8.71, 12, 20.04, 31),
                new TreeMap<>(Map.of("rare term", new Latency(10, 1, 2, 3, 4))),
                2,
                25_000_000,
                List.of());
        assertThat(report(account).lines())
                .containsExactly(
                        "1,000 searches of wiki were answered in 2.0 s to 8 client(s): 500.0 a second. 0 failed, 2 answers"
                                + " were partial.",
                        "An answer has 25,000 bytes on average.",
                        "2.50 CPU-milliseconds a search, of all processes of the platform:",
                        "  query-service 2.00, gateway 0.50",
                        "LATENCY IN MS              SEARCHES     MEDIAN        P90        P99        MAX",
                        "rare term                        10        1.0        2.0        3.0        4.0",
                        "all                           1,000        8.7       12.0       20.0       31.0");
    }

    @Test
    void programsReadTheSame() {
        Latency latency = new Latency(1_000, 8.71, 12, 20.04, 31);
        var account = new Account(latency, new TreeMap<>(), 2, 25_000_000, List.of());
        assertThat(report(account).members())
                .containsEntry("answered", 1_000L)
                .containsEntry("answered_per_second", 500.0)
                .containsEntry("bytes_per_answer", 25_000.0)
                .containsEntry("cpu_ms_per_search", 2.5)
                .containsEntry("cpu_ms_per_search_by_service", Map.of("query-service", 2.0, "gateway", 0.5))
                .containsEntry("latency_ms", latency)
                .containsEntry("consistency", "strong");
    }

    @Test
    void nothingIsSaidOfAnswersWhereThereAreNone() {
        var failures = List.of(new Failures("404 index_not_found_exception", 3, "a.jsonl:1", "no such index [wiki]"));
        var account = new Account(new Latency(0, 0, 0, 0, 0), new TreeMap<>(), 0, 0, failures);
        assertThat(report(account).lines())
                .containsExactly(
                        "0 searches of wiki were answered in 2.0 s to 8 client(s): 0.0 a second. 3 failed, 0 answers were"
                                + " partial.",
                        "       3  404 index_not_found_exception, the first at a.jsonl:1: no such index [wiki]");
        assertThat(report(account).members())
                .containsEntry("failed", 3L)
                .doesNotContainKeys("latency_ms", "cpu_ms_per_search");
    }

    private static BenchReport report(Account account) {
        return new BenchReport(new BenchRun("wiki", 8, Consistency.STRONG, 2.0, account, CPU));
    }
}
