package io.elpis.index.byquery;

import java.time.Duration;

/** Time as a running task sees it: monotonic, and nobody else's. */
interface Timer {
    long nanoTime();

    void sleep(Duration duration) throws InterruptedException;

    Timer SYSTEM = new Timer() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    };
}
