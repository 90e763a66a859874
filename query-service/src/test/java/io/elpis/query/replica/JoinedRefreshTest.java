package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class JoinedRefreshTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private long applied = 1;
    private int refreshes;
    private Runnable during = () -> {};
    private final JoinedRefresh refresh = new JoinedRefresh(tasks::add, () -> {
        refreshes++;
        long covered = applied;
        during.run();
        return covered;
    });

    private void runNext() {
        Objects.requireNonNull(tasks.poll()).run();
    }

    @Test
    void howeverManyAskOneTaskAnswersThem() {
        CompletableFuture<Long> first = refresh.ask();
        applied = 2;
        CompletableFuture<Long> second = refresh.ask();
        assertThat(tasks).hasSize(1);
        runNext();
        assertThat(first).isCompletedWithValue(2L);
        assertThat(second).isCompletedWithValue(2L);
        assertThat(refreshes).isEqualTo(1);
        assertThat(tasks).isEmpty();
    }

    @Test
    void whoComesWhileOneIsUnderWayGetsTheNextAndNoThreadBeforeItIsDue() {
        CompletableFuture<CompletableFuture<Long>> late = new CompletableFuture<>();
        during = () -> {
            applied = 5;
            late.complete(refresh.ask());
            assertThat(tasks).isEmpty();
        };
        CompletableFuture<Long> first = refresh.ask();
        runNext();
        assertThat(first).isCompletedWithValue(1L);
        assertThat(late.join()).isNotDone();
        during = () -> {};
        runNext();
        assertThat(late.join()).isCompletedWithValue(5L);
        assertThat(tasks).isEmpty();
    }

    @Test
    void aFailureIsToldAndTheNextIsTriedAnew() {
        during = () -> {
            throw new AssertionError("disk");
        };
        CompletableFuture<Long> failed = refresh.ask();
        runNext();
        assertThat(failed).isCompletedExceptionally();
        during = () -> {};
        CompletableFuture<Long> next = refresh.ask();
        runNext();
        assertThat(next).isCompletedWithValue(1L);
    }

    @Test
    void whereNothingRunsAnyMoreNobodyWaits() throws IOException {
        JoinedRefresh ended = new JoinedRefresh(
                task -> {
                    throw new RejectedExecutionException("the node stops");
                },
                () -> 1);
        assertThat(ended.ask()).isCompletedExceptionally();
        assertThat(ended.ask()).isCompletedExceptionally();
    }
}
