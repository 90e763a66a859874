package io.elpis.support.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.elpis.model.error.ElpisException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServiceTokensTest {
    private final AtomicInteger asked = new AtomicInteger();

    private static ScheduledExecutorService thread() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());
    }

    @Test
    void tokenIsRenewedAtHalfItsLife() {
        ServiceTokens.Issuer issuer = () -> new IssuedToken("token-" + asked.incrementAndGet(), Duration.ofSeconds(3));
        try (ServiceTokens tokens = new ServiceTokens(issuer, thread(), System::nanoTime)) {
            tokens.start();
            tokens.start();

            assertThat(tokens.token(Duration.ofSeconds(10))).isEqualTo("token-1");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> tokens.token(Duration.ofSeconds(10)).equals("token-2"));
        }
    }

    @Test
    void failuresAreRetriedUntilATokenComes() {
        ServiceTokens.Issuer issuer = () -> {
            if (asked.incrementAndGet() < 3) {
                throw new IOException("away");
            }
            return new IssuedToken("token", Duration.ofHours(1));
        };
        try (ServiceTokens tokens = new ServiceTokens(issuer, thread(), System::nanoTime)) {
            tokens.start();

            assertThat(tokens.token(Duration.ofSeconds(20))).isEqualTo("token");
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void waitingForATokenHasAnEnd() {
        ServiceTokens.Issuer issuer = () -> {
            throw new IOException("away");
        };
        try (ServiceTokens tokens = new ServiceTokens(issuer, thread(), System::nanoTime)) {
            tokens.start();

            assertThatExceptionOfType(ElpisException.class).isThrownBy(() -> tokens.token(Duration.ofMillis(50)));
        }
    }
}
