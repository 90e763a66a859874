package io.elpis.launcher.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets time pass. */
interface Pause {

    Pause REAL = duration -> {
        var _ = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
    };

    void of(Duration duration) throws InterruptedException;
}
