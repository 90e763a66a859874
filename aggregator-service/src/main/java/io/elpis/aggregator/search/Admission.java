package io.elpis.aggregator.search;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounds the requests under way: what does not fit is refused at once, for the caller to come again later. */
public final class Admission {
    private final int limit;
    private final AtomicInteger running = new AtomicInteger();

    public Admission(int limit) {
        this.limit = limit;
    }

    /** @throws ElpisException TOO_MANY_REQUESTS; otherwise each call is followed by one of {@link #leave} */
    public void enter() {
        if (running.incrementAndGet() > limit) {
            running.decrementAndGet();
            throw new ElpisException(
                    ErrorCode.TOO_MANY_REQUESTS, "rejected execution: " + limit + " requests are under way already");
        }
    }

    public void leave() {
        running.decrementAndGet();
    }

    public int running() {
        return running.get();
    }
}
