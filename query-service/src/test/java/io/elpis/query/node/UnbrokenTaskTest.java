package io.elpis.query.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class UnbrokenTaskTest {
    @Test
    void aTaskThatThrowsIsRunAgain() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(3);
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            var unused = timer.scheduleWithFixedDelay(
                    new UnbrokenTask(() -> {
                        runs.countDown();
                        throw new IllegalStateException("once more");
                    }),
                    1,
                    1,
                    TimeUnit.MILLISECONDS);
            assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
            timer.shutdownNow();
        }
    }
}
