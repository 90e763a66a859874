package io.elpis.index.audit;

import io.elpis.index.allocator.Leadership;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps the round on a thread of its own while this instance is the allocator. */
final class AuditLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final AuditRound round;
    private final Leadership leadership;
    private final CountDownLatch closing;
    private final Thread thread = Thread.ofPlatform().name("audit").daemon().unstarted(this::run);

    /** @param closing ends waits within the round too */
    AuditLoop(AuditRound round, Leadership leadership, CountDownLatch closing) {
        this.round = round;
        this.leadership = leadership;
        this.closing = closing;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                if (leadership.isLeading()) {
                    step();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() throws InterruptedException {
        try {
            round.step(System.nanoTime());
        } catch (RuntimeException | Error failure) {
            LOG.atWarn().setCause(failure).log("a round of audits broke off; the next one comes");
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
