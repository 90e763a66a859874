package io.elpis.index.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LogPulseTest {
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
    void afterAFailureOneProbeAPeriodGoesThrough() {
        pulse.started();
        now.set(20);
        pulse.failed();
        assertThat(pulse.beats()).isTrue();
        assertThat(pulse.beats()).as("one has the probe").isFalse();
        now.set(30);
        assertThat(pulse.beats()).isFalse();
        pulse.started();
        now.set(31);
        assertThat(pulse.beats()).isFalse();
        pulse.failed();
        assertThat(pulse.beats()).as("the next period").isTrue();
        assertThat(pulse.beats()).isFalse();
        pulse.started();
        pulse.confirmed();
        now.set(100);
        assertThat(pulse.beats()).isTrue();
    }
}
