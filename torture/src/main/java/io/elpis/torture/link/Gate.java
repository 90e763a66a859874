package io.elpis.torture.link;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Lets chunks through as the link's present quality allows. Thread-safe. */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Quality quality = Quality.GOOD;

    void set(Quality next) {
        lock.lock();
        try {
            quality = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns once so many bytes may go on; what waits when the quality changes waits by the new one. */
    void pass(Direction direction, int bytes) throws InterruptedException {
        long begin = System.nanoTime();
        lock.lock();
        try {
            while (true) {
                if (!quality.carries(direction)) {
                    changed.await();
                    continue;
                }
                long left = quality.nanos(bytes) - (System.nanoTime() - begin);
                if (left <= 0) {
                    return;
                }
                long _ = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns once a connection can be made, for which bytes have to go both ways. */
    void await() throws InterruptedException {
        await(now -> now.there() && now.back());
    }

    private void await(Predicate<Quality> good) throws InterruptedException {
        lock.lock();
        try {
            while (!good.test(quality)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }
}
