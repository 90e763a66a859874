package io.elpis.aggregator.scatter;

import io.elpis.support.topology.LiveNode;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A circuit breaker for every node: one that fails again and again is left alone for a while. */
public final class NodeBreakers {
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();
    private final CircuitBreakerConfig config;

    /**
     * @param calls the window's size
     * @param failureRate percent of failed calls that opens the circuit
     * @param pause how long it stays open before a few calls may try again
     */
    public NodeBreakers(int calls, float failureRate, Duration pause) {
        this.config = CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(calls)
                .minimumNumberOfCalls(Math.max(1, calls / 2))
                .failureRateThreshold(failureRate)
                .waitDurationInOpenState(pause)
                .permittedNumberOfCallsInHalfOpenState(3)
                .build();
    }

    CircuitBreaker of(LiveNode node) {
        CircuitBreaker known = breakers.get(node.name());
        return known != null ? known : breakers.computeIfAbsent(node.name(), name -> CircuitBreaker.of(name, config));
    }

    /** Whether a call would be refused, as far as is known without trying. */
    boolean isOpen(LiveNode node) {
        CircuitBreaker known = breakers.get(node.name());
        return known != null && known.getState() == CircuitBreaker.State.OPEN;
    }
}
