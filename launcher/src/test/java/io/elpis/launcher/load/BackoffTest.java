package io.elpis.launcher.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(11));

    @Test
    void pausesDoubleUpToTheLongest() {
        for (int attempt = 0; attempt < 70; attempt++) {
            long ceiling = Math.min(5_000, attempt > 20 ? 5_000 : 100L << attempt);
            assertThat(backoff.pause(attempt, OptionalLong.empty()).toMillis()).isBetween(ceiling / 2, ceiling);
        }
    }

    @Test
    void serverIsNeverAskedBeforeItWants() {
        assertThat(backoff.pause(0, OptionalLong.of(3))).isBetween(Duration.ofMillis(3_050), Duration.ofMillis(3_100));
    }

    @Test
    void absurdWishesAreCapped() {
        assertThat(backoff.pause(0, OptionalLong.of(999_999))).isLessThan(Duration.ofSeconds(31));
    }
}
