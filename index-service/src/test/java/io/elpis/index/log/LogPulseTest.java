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
    void afterAFailureOneProbeAPeriodGoesThrough() {
        pulse.started();
        now.set(20);
        pulse.failed();
        assertThat(pulse.beats()).isTrue();
        pulse.started();
        now.set(31);
        assertThat(pulse.beats()).isFalse();
        pulse.failed();
        assertThat(pulse.beats()).isTrue();
        pulse.started();
        pulse.confirmed();
        now.set(100);
        assertThat(pulse.beats()).isTrue();
    }
}
