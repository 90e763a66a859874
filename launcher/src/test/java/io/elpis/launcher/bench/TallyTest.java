package io.elpis.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.elpis.launcher.bench.Outcome.Answered;
import io.elpis.launcher.bench.Outcome.Failed;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void percentilesAreTrueToThreeDigits() {
        for (int millis = 1; millis <= 1_000; millis++) {
            tally.add(search(""), new Answered(10, false), TimeUnit.MILLISECONDS.toNanos(millis));
        }
        Latency latency = tally.account().latency();
        assertThat(latency.answers()).isEqualTo(1_000);
        assertThat(latency.median()).isCloseTo(500, within(0.5));
        assertThat(latency.p90()).isCloseTo(900, within(0.9));
        assertThat(latency.p99()).isCloseTo(990, within(0.99));
        assertThat(latency.max()).isCloseTo(1_000, within(1.0));
        assertThat(tally.account().bytes()).isEqualTo(10_000);
    }

    @Test
    void namesAreToldApart() {
        tally.add(search("rare"), new Answered(1, false), 1_000_000);
        tally.add(search("common"), new Answered(1, true), 9_000_000);
        tally.add(search(""), new Answered(1, false), 5_000_000);
        Account account = tally.account();
        assertThat(account.byName()).containsOnlyKeys("common", "rare");
        assertThat(account.byName().values()).extracting(Latency::answers).containsExactly(1L, 1L);
        assertThat(account.answered()).isEqualTo(3);
        assertThat(account.partial()).isEqualTo(1);
    }

    @Test
    void quickRefusalsDoNotMakeItLookFast() {
        tally.add(search("a"), new Failed("429 rejected", "busy"), 1);
        tally.add(search("a"), new Answered(1, false), 8_000_000);
        assertThat(tally.account().latency().median()).isCloseTo(8, within(0.01));
        assertThat(tally.account().failed()).isEqualTo(1);
    }

    @Test
    void nothingAtAllIsAnAccountToo() {
        assertThat(tally.account().latency()).isEqualTo(new Latency(0, 0, 0, 0, 0));
    }

    @Test
    void kindsAreBounded() {
        for (int i = 0; i < 1_000; i++) {
            tally.add(search(""), new Failed("kind " + i, "why"), 1);
        }
        assertThat(tally.account().failures()).hasSize(101);
        assertThat(tally.account().failed()).isEqualTo(1_000);
    }

    private static BenchSearch search(String name) {
        return new BenchSearch("file:1", name, new byte[0]);
    }
}
