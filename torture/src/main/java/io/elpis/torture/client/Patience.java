package io.elpis.torture.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Waits between the attempts of one client: longer each time, never quite the same. */
final class Patience {

    private static final long FIRST_MILLIS = 50;
    private static final long LONGEST_MILLIS = 2_000;

    private final RandomGenerator random;
    private final long deadline;
    private long next = FIRST_MILLIS;

    /** @param seconds for all attempts together */
    Patience(RandomGenerator random, int seconds) {
        this.random = random;
        this.deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** @return false when there is no time for another attempt */
    boolean pause() throws InterruptedException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(next / 2 + random.nextLong(next));
        next = Math.min(2 * next, LONGEST_MILLIS);
        long until = System.nanoTime() + nanos;
        if (until > deadline) {
            return false;
        }
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }
}
