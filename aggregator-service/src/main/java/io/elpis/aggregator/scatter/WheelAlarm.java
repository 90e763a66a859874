package io.elpis.aggregator.scatter;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import java.util.concurrent.TimeUnit;

/**
 * Alarms on a timer wheel: setting and calling off cost next to nothing, which matters because hardly any goes off.
 * Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", SOSP 1987.
 */
final class WheelAlarm implements ShardScatter.Alarm, AutoCloseable {
    private static final long TICK_MILLIS = 10;

    private final HashedWheelTimer wheel = new HashedWheelTimer(
            Thread.ofPlatform().daemon().name("hedges-", 0).factory(), TICK_MILLIS, TimeUnit.MILLISECONDS);

    @Override
    public Runnable in(long nanos, Runnable task) {
        Timeout timeout = wheel.newTimeout(_ -> task.run(), nanos, TimeUnit.NANOSECONDS);
        return timeout::cancel;
    }

    @Override
    public void close() {
        wheel.stop();
    }
}
