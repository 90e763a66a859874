package io.elpis.support.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.elpis.model.error.ElpisException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
    void tokenThatComesWhileSomeoneBeginsToWaitIsNotMissed() throws Exception {
        ServiceTokens.Issuer issuer = () -> new IssuedToken("token", Duration.ofHours(1));
        try (var atOnce = new ExecutingAtOnce();
                ServiceTokens tokens = new ServiceTokens(issuer, atOnce, System::nanoTime)) {
            var got = new CompletableFuture<String>();
            Thread waiting = Thread.ofPlatform().unstarted(() -> got.complete(tokens.token(Duration.ofSeconds(5))));
            // Its lock is held, so that the other finds no token and then has to stand still until one is there.
            synchronized (tokens) {
                waiting.start();
                await().atMost(Duration.ofSeconds(10)).until(() -> waiting.getState() == Thread.State.BLOCKED);
                tokens.start();
            }
            assertThat(got.get(4, TimeUnit.SECONDS)).isEqualTo("token");
        }
    }

    private static final class ExecutingAtOnce extends ScheduledThreadPoolExecutor {
        ExecutingAtOnce() {
            super(1);
        }

        @Override
        public void execute(Runnable task) {
            task.run();
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
