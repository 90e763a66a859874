package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class PositionWaitersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PositionWaiters waiters = new PositionWaiters();

    @Test
    void whoStopsWaitingIsForgotten() throws Exception {
        CompletableFuture<Void> waiting = waiters.until(1, Duration.ofMillis(1));
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
        CompletableFuture<Void> cancelled = waiters.until(1, PATIENCE);
        cancelled.cancel(false);
        assertThat(waiters.size()).isZero();
    }

    @Test
    void aCopyThatBeginsAnewIsWaitedForAgain() {
        waiters.reached(5);
        waiters.fail(new IOException("broken"));
        assertThat(waiters.until(3, PATIENCE)).isCompletedExceptionally();
        waiters.startAt(0);
        CompletableFuture<Void> waiting = waiters.until(3, PATIENCE);
        assertThat(waiting).isNotDone();
        waiters.reached(3);
        assertThat(waiting).isCompleted();
    }

    @Test
    void whatAClosedCopyHadReachedCountsNoMore() {
        waiters.fail(new IOException("closed"));
        waiters.reached(5);
        assertThat(waiters.until(3, PATIENCE)).isCompletedExceptionally();
    }
}
