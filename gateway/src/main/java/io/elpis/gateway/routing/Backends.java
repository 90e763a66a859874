package io.elpis.gateway.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The instances of every service, and the choice among them: the one with the fewest requests under way whose circuit
 * is not open; equals take turns. The registry may be seconds stale, so an instance is only ever a proposal.
 */
final class Backends {
    private final Function<String, List<URI>> registry;
    private final GatewayProperties properties;
    private final CircuitBreakerConfig breakers;
    private final LongSupplier nanoTime;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<BackendService, Known> known = new EnumMap<>(BackendService.class);

    /** @param registry addresses of a service's instances by its id; must not block */
    Backends(Function<String, List<URI>> registry, GatewayProperties properties, LongSupplier nanoTime) {
        this.registry = registry;
        this.properties = properties;
        this.nanoTime = nanoTime;
        this.breakers = CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(properties.breakerCalls())
                .minimumNumberOfCalls(Math.max(2, properties.breakerCalls() / 2))
                .failureRateThreshold(50)
                .waitDurationInOpenState(properties.breakerPause())
                .permittedNumberOfCallsInHalfOpenState(3)
                .build();
        for (BackendService service : BackendService.values()) {
            known.put(service, new Known());
        }
    }

    /**
     * @param tried not to be proposed again
     * @return an instance whose {@link Backend#begin} succeeded, or null when there is none
     */
    @Nullable
    Backend begin(BackendService service, Set<Backend> tried) {
        List<Backend> all = current(service);
        List<Backend> candidates = new ArrayList<>(all.size());
        for (Backend backend : all) {
            if (!tried.contains(backend)) {
                candidates.add(backend);
            }
        }
        while (!candidates.isEmpty()) {
            Backend best = leastBusy(candidates);
            if (best.begin()) {
                return best;
            }
            candidates.remove(best);
        }
        return null;
    }

    private Backend leastBusy(List<Backend> candidates) {
        int start = Math.floorMod(turn.getAndIncrement(), candidates.size());
        Backend best = candidates.get(start);
        for (int i = 1; i < candidates.size(); i++) {
            Backend other = candidates.get((start + i) % candidates.size());
            if (other.inFlight() < best.inFlight()) {
                best = other;
            }
        }
        return best;
    }

    private List<Backend> current(BackendService service) {
        Known cached = Objects.requireNonNull(known.get(service));
        Snapshot snapshot = cached.snapshot;
        long now = nanoTime.getAsLong();
        if (snapshot != null && now - snapshot.at < properties.instanceAge().toNanos()) {
            return snapshot.backends;
        }
        synchronized (cached) {
            Snapshot latest = cached.snapshot;
            if (latest != null && latest != snapshot) {
                // Somebody else has asked meanwhile; instances made twice would each count for themselves.
                return latest.backends;
            }
            List<Backend> before = latest == null ? List.of() : latest.backends;
            List<Backend> after = registry.apply(service.id()).stream()
                    .distinct()
                    .map(uri -> kept(before, uri))
                    .toList();
            cached.snapshot = new Snapshot(after, now);
            return after;
        }
    }

    /** An instance that stays keeps its circuit and its count. */
    private Backend kept(List<Backend> before, URI uri) {
        for (Backend backend : before) {
            if (backend.base().equals(uri)) {
                return backend;
            }
        }
        return new Backend(uri, CircuitBreaker.of(uri.toString(), breakers));
    }

    private static final class Known {
        private volatile @Nullable Snapshot snapshot;
    }

    private record Snapshot(List<Backend> backends, long at) {}
}
