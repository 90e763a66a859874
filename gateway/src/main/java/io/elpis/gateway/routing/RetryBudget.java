package io.elpis.gateway.routing;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps second tries a small part of all requests: every request earns a tenth of one, and few can be saved up, so that
 * a service in trouble is not sent its load again and again.
 */
final class RetryBudget {
    private static final int COST = 10;
    private static final int MOST = 20 * COST;

    private final AtomicInteger saved = new AtomicInteger(MOST);

    void earn() {
        if (saved.get() < MOST) {
            saved.incrementAndGet();
        }
    }

    boolean spend() {
        int before = saved.getAndUpdate(tenths -> tenths >= COST ? tenths - COST : tenths);
        return before >= COST;
    }
}
