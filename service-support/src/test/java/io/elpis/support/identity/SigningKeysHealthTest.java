package io.elpis.support.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class SigningKeysHealthTest {
    private final AtomicBoolean away = new AtomicBoolean(true);
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void serviceIsReadyOnceItHasLearnedTheKeys() {
        var published = new TestKeys();
        KeySource source = () -> {
            if (away.get()) {
                throw new IOException("away");
            }
            return published.fetch();
        };
        var health = new SigningKeysHealth(
                new PublicKeys(source, Duration.ofMinutes(5), Duration.ofSeconds(1), Runnable::run, nanos::get));

        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        away.set(false);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        // This look has them fetched; the next one sees them.
        health.health();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        away.set(true);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }
}
