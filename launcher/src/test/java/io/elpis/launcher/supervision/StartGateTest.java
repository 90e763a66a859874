package io.elpis.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.launcher.exit.CommandFailure;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StartGateTest {

    private final StartGate gate = new StartGate();

    @Test
    void nothingStartsAfterTheGateIsClosed() {
        gate.close();
        assertThatThrownBy(() -> gate.pass(() -> {
                    throw new AssertionError("started");
                }))
                .isInstanceOf(CommandFailure.class);
    }

    @Test
    void closingWaitsForTheStartUnderWay() throws Exception {
        var starting = new CountDownLatch(1);
        var recorded = new CountDownLatch(1);
        var start = CompletableFuture.runAsync(() -> {
            try {
                gate.pass(() -> {
                    starting.countDown();
                    awaitQuietly(recorded);
                    return ProcessHandle.current();
                });
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(starting.await(10, TimeUnit.SECONDS)).isTrue();
        var closed = CompletableFuture.runAsync(gate::close);
        assertThat(closed).isNotDone();
        recorded.countDown();
        start.get(10, TimeUnit.SECONDS);
        closed.get(10, TimeUnit.SECONDS);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
