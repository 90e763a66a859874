package io.elpis.gateway.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One instance of a service, as the gateway has come to know it. Safe for use by many threads. */
final class Backend {
    private final URI base;
    private final String origin;
    private final CircuitBreaker breaker;
    private final AtomicInteger inFlight = new AtomicInteger();

    Backend(URI base, CircuitBreaker breaker) {
        this.base = base;
        this.origin = base.getScheme() + "://" + base.getRawAuthority();
        this.breaker = breaker;
    }

    URI base() {
        return base;
    }

    /** The same path and query at this instance, not decoded and encoded again. */
    URI at(URI request) {
        String query = request.getRawQuery();
        return URI.create(query == null ? origin + request.getRawPath() : origin + request.getRawPath() + '?' + query);
    }

    int inFlight() {
        return inFlight.get();
    }

    /** Whether a request may be sent now; if so, exactly one of the methods below must follow. */
    boolean begin() {
        if (!breaker.tryAcquirePermission()) {
            return false;
        }
        inFlight.incrementAndGet();
        return true;
    }

    void answered(long nanos) {
        inFlight.decrementAndGet();
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    void failed(long nanos, Throwable failure) {
        inFlight.decrementAndGet();
        breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
    }

    /** The caller went away, or sent something that is no fault of the instance. */
    void abandoned() {
        inFlight.decrementAndGet();
        breaker.releasePermission();
    }
}
