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
    private final Object opening = new Object();

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
        waiters.startAt(opening, 5);
        waiters.fail(new IOException("broken"));
        assertThat(waiters.until(3, PATIENCE)).isCompletedExceptionally();
        Object next = new Object();
        waiters.startAt(next, 0);
        CompletableFuture<Void> waiting = waiters.until(3, PATIENCE);
        assertThat(waiting).isNotDone();
        waiters.reached(next, 3);
        assertThat(waiting).isCompleted();
    }

    @Test
    void whatAClosedCopyHadReachedCountsNoMore() {
        waiters.startAt(opening, 0);
        waiters.fail(new IOException("closed"));
        waiters.reached(opening, 5);
        assertThat(waiters.until(3, PATIENCE)).isCompletedExceptionally();
    }

    @Test
    void whatAnEarlierOpeningHadReachedIsNotTheNextOnes() {
        waiters.startAt(opening, 0);
        waiters.fail(new IOException("closed"));
        Object next = new Object();
        waiters.startAt(next, 0);
        CompletableFuture<Void> waiting = waiters.until(3, PATIENCE);
        waiters.reached(opening, 5);
        assertThat(waiting).isNotDone();
        waiters.reached(next, 3);
        assertThat(waiting).isCompleted();
    }

    @Test
    void thoseWhoWaitForTheSameAreAllTold() {
        waiters.startAt(opening, 0);
        CompletableFuture<Void> one = waiters.until(3, PATIENCE);
        CompletableFuture<Void> other = waiters.until(3, PATIENCE);
        waiters.reached(opening, 3);
        assertThat(one).isCompleted();
        assertThat(other).isCompleted();
        assertThat(waiters.size()).isZero();
    }
}
