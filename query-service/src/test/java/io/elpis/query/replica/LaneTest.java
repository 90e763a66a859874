package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LaneTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void end() throws InterruptedException {
        released.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private Lane lane() {
        return new Lane(threads, failures::add);
    }

    @Test
    void stepsRunOneAtATimeAndInTheirOrder() throws Exception {
        Lane lane = lane();
        // For the lane alone to write to, without a lock.
        List<Integer> seen = new ArrayList<>();
        CompletableFuture<Void> last = CompletableFuture.allOf(IntStream.range(0, 10_000)
                .mapToObj(step -> lane.enqueue(() -> seen.add(step)))
                .toArray(CompletableFuture[]::new));

        last.get(10, TimeUnit.SECONDS);
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void aStepThatHangsHoldsOneThread() throws Exception {
        Lane hanging = lane();
        List<CompletableFuture<Void>> stuck = IntStream.range(0, 10)
                .mapToObj(_ -> hanging.enqueue(() -> await(released)))
                .toList();

        lane().enqueue(() -> {}).get(10, TimeUnit.SECONDS);
        assertThat(stuck).noneMatch(CompletableFuture::isDone);
        released.countDown();
        CompletableFuture.allOf(stuck.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void aStepThatFailsIsToldAndTheNextOnesRun() throws Exception {
        Lane lane = lane();
        CompletableFuture<Void> failed = lane.enqueue(() -> {
            throw new IOException("no space");
        });
        CompletableFuture<Void> next = lane.enqueue(() -> {});

        CompletableFuture.allOf(failed, next).get(10, TimeUnit.SECONDS);
        assertThat(failures).singleElement().isInstanceOf(IOException.class);
    }

    @Test
    void nobodyWaitsForStepsThatNobodyWillRun() throws Exception {
        Lane lane = lane();
        CountDownLatch running = new CountDownLatch(1);
        var first = lane.enqueue(() -> {
            running.countDown();
            await(released);
        });
        running.await();
        CompletableFuture<Void> second = lane.enqueue(() -> {});
        threads.shutdown();
        released.countDown();

        CompletableFuture.allOf(first, second, lane.enqueue(() -> {})).get(10, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
