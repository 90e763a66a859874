package io.elpis.index.byquery;

import java.time.Duration;

/** Growing pauses between attempts, until patience ends. One for each thing that is tried. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Timer timer;
    private final long end;
    private Duration next = FIRST;

    Backoff(Timer timer, Duration patience) {
        this.timer = timer;
        this.end = timer.nanoTime() + patience.toNanos();
    }

    boolean exhausted() {
        return timer.nanoTime() - end >= 0;
    }

    void pause() throws InterruptedException {
        timer.sleep(next);
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
    }
}
