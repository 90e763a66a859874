package io.elpis.index.allocator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps the allocator on a thread of its own, for as long as the service runs. */
final class AllocatorLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AllocatorLoop.class);
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final Allocator allocator;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("allocator").daemon().unstarted(this::run);
    private volatile boolean started;

    AllocatorLoop(Allocator allocator) {
        this.allocator = allocator;
    }

    void start() {
        thread.start();
    }

    /** Whether the placement log could be read at least once. */
    boolean hasRead() {
        return started;
    }

    void wakeup() {
        allocator.wakeup();
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                try {
                    allocator.step(STEP);
                    started = true;
                } catch (KafkaException e) {
                    log.atWarn().addKeyValue("reason", e.toString()).log("the placement log does not answer");
                    pause();
                } catch (RuntimeException e) {
                    log.atError().setCause(e).log("a step of the allocator failed; it watches again");
                    pause();
                }
            }
        } finally {
            allocator.close();
        }
    }

    private void pause() {
        try {
            var unused = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
