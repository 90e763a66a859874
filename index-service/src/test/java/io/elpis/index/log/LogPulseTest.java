package io.elpis.index.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LogPulseTest {
    private static final long PERIOD = Duration.ofSeconds(1).toNanos();

    private final AtomicLong now = new AtomicLong();
    private final LogPulse pulse = new LogPulse(Duration.ofNanos(10), now::get);

    @Test
    void aQuietLogTakesWrites() {
        now.set(1_000);
        assertThat(pulse.beats()).isTrue();
    }

    @Test
    void appendsThatAreNotConfirmedForAWhileStopFurtherOnes() {
        pulse.started();
        now.set(10);
        assertThat(pulse.beats()).isTrue();
        now.set(11);
        assertThat(pulse.beats()).isFalse();
        pulse.confirmed();
        assertThat(pulse.beats()).isTrue();
    }

    @Test
    void whatWasUnfitForTheLogSaysNothingAboutIt() {
        now.set(1_000);
        pulse.started();
        pulse.withdrawn();
        now.set(2_000);
        assertThat(pulse.beats()).isTrue();
        assertThat(pulse.beats()).isTrue();
        assertThat(pulse.underWay()).isZero();
    }

    @Test
    void afterAFailureItTakesNoAppendsUntilItHasAnswered() {
        pulse.started();
        now.set(20);
        pulse.failed();
        assertThat(pulse.beats()).isFalse();
        now.set(PERIOD * 100);
        assertThat(pulse.beats()).isFalse();
        pulse.answered();
        assertThat(pulse.beats()).isTrue();
        now.set(PERIOD * 200);
        assertThat(pulse.beats()).as("nothing has failed since").isTrue();
    }

    @Test
    void oneProbeAPeriodIsDue() {
        assertThat(pulse.probeIsDue()).as("while it beats").isFalse();
        pulse.started();
        now.set(20);
        pulse.failed();
        assertThat(pulse.probeIsDue()).isTrue();
        assertThat(pulse.probeIsDue()).isFalse();
        now.set(20 + PERIOD - 1);
        assertThat(pulse.probeIsDue()).isFalse();
        now.set(20 + PERIOD);
        assertThat(pulse.probeIsDue()).isTrue();
        pulse.answered();
        now.set(20 + PERIOD * 3);
        assertThat(pulse.probeIsDue()).as("while it beats").isFalse();
    }
}
