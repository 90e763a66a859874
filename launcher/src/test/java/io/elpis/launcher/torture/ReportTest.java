package io.elpis.launcher.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.torture.check.Digests;
import io.elpis.torture.check.Verdict;
import io.elpis.torture.history.Call;
import io.elpis.torture.history.Call.Consistency;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReportTest {

    private static final TorturePlan PLAN =
            new TorturePlan(Duration.ofMinutes(1), 7, Set.of(FaultKind.KILL), Set.of(WorkloadKind.SET), 2, 2, 3);
    private static final List<Operation> OPERATIONS = List.of(
            operation(new Call.Put("a"), new Reply.Stored(true, 1, 1)),
            operation(new Call.Remove(), new Reply.Removed(true, 2, 2)),
            operation(new Call.Put("b"), new Reply.Open("202")),
            operation(new Call.Read(Consistency.SESSION), new Reply.Absent()),
            operation(new Call.Read(), new Reply.Refused("503")));
    private static final List<Operation> REPEATS = List.of(
            operation(new Call.Repeat(new Call.Put("a"), new Reply.Stored(true, 1, 1)), new Reply.Stored(true, 1, 1)));

    @Test
    void countsWhatWasDoneAndWhatWentWrong() {
        Report report = report(3, Verdict.SOUND, new Digests(true, 6, List.of(), List.of()));
        assertThat(report.lines())
                .contains(
                        "set       2 reads, 3 writes, 2 of them acknowledged, 0 sent more than once, 1 again after their answer",
                        "writes    2 acknowledged",
                        "reads     {session=1} answered",
                        "faults    3 in all: {kill=3}",
                        "digests   [set: equal (6 copies)]");
        assertThat(report.sound()).isTrue();
        assertThat(report.reached()).isTrue();
    }

    @Test
    void differingCopiesAreNotSound() {
        Report report = report(3, Verdict.SOUND, new Digests(true, 6, List.of("copies differ: i[0]"), List.of()));
        assertThat(report.sound()).isFalse();
        assertThat(report.lines()).contains("VIOLATION copies differ: i[0]");
    }

    @Test
    void copiesThatWereNotComparedAreNotSound() {
        Report report = report(3, Verdict.SOUND, Digests.unknown("i", "404"));
        assertThat(report.sound()).isFalse();
        assertThat(report.lines())
                .contains(
                        "digests   [set: not compared (0 copies)]",
                        "undecided not compared: i: 404",
                        "0 violations, 1 undecided");
    }

    @Test
    void alarmsAreNotSound() {
        Report report = report(3, Verdict.SOUND, new Digests(true, 6, List.of(), List.of()));
        report.alarms(List.of("query-1.log: copies differ"));
        assertThat(report.sound()).isFalse();
        assertThat(report.lines()).contains("VIOLATION an alarm: query-1.log: copies differ");
    }

    @Test
    void tooLittleIsTold() {
        Report report = report(2, Verdict.SOUND, Digests.unknown("i", "404"));
        assertThat(report.reached()).isFalse();
        assertThat(report.lines()).contains("too little: 2 writes and 3 faults of each kind were asked for");
    }

    @Test
    void runGoesOnUntilTheGoalsAreReachedButNotForEver() {
        assertThat(PLAN.over(Duration.ofSeconds(59), true)).isFalse();
        assertThat(PLAN.over(Duration.ofSeconds(60), true)).isTrue();
        assertThat(PLAN.over(Duration.ofSeconds(60), false)).isFalse();
        assertThat(PLAN.over(Duration.ofSeconds(180), false)).isTrue();
    }

    private static Report report(long faults, Verdict verdict, Digests digests) {
        Report report = new Report(PLAN, Map.of(FaultKind.KILL, faults));
        report.add(WorkloadKind.SET, OPERATIONS, REPEATS, verdict);
        report.compare(WorkloadKind.SET, digests);
        return report;
    }

    private static Operation operation(Call call, Reply reply) {
        return new Operation(0, "key", call, reply, 0, 1, 1);
    }
}
