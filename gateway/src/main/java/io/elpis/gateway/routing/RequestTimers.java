package io.elpis.gateway.routing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * {@code elpis.gateway.requests}: time to an answer's first byte by service and kind of answer. Made beforehand, because
 * looking a timer up by its tags for each request would cost more than timing it.
 */
final class RequestTimers {
    /** Kinds of answers: by the first digit of the status, {@code 0} for none. */
    private static final int KINDS = 6;

    private final Map<BackendService, Timer[]> timers = new EnumMap<>(BackendService.class);

    RequestTimers(MeterRegistry registry) {
        for (BackendService service : BackendService.values()) {
            Timer[] byKind = new Timer[KINDS];
            for (int kind = 0; kind < KINDS; kind++) {
                byKind[kind] = Timer.builder("elpis.gateway.requests")
                        .description("time to the first byte of an answer")
                        .tag("service", service.id())
                        .tag("answer", kind == 0 ? "none" : kind + "xx")
                        .register(registry);
            }
            timers.put(service, byKind);
        }
    }

    /** @param status 0 when there was no answer */
    void record(BackendService service, int status, long nanos) {
        int kind = status / 100;
        Timer[] byKind = Objects.requireNonNull(timers.get(service));
        byKind[kind < KINDS ? kind : 0].record(nanos, TimeUnit.NANOSECONDS);
    }
}
