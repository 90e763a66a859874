package io.elpis.gateway.routing;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.error.Failures;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.PrematureCloseException;

/**
 * Sends a request to an instance of its service, and to another one when the first could not be reached: of any
 * request then, because nothing had been sent; and of a repeatable one without a body also when the connection broke.
 */
final class InstanceFilter implements GlobalFilter, Ordered {
    private final Backends backends;
    private final RetryBudget budget;
    private final GatewayProperties properties;
    private final RequestTimers timers;

    InstanceFilter(Backends backends, RetryBudget budget, GatewayProperties properties, RequestTimers timers) {
        this.timers = timers;
        this.backends = backends;
        this.budget = budget;
        this.properties = properties;
    }

    /** Where Spring Cloud Gateway would turn the route's address into the request's. */
    @Override
    public int getOrder() {
        return 10000;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        BackendService service = exchange.getRequiredAttribute(BackendService.ATTRIBUTE);
        budget.earn();
        return send(exchange, chain, new Attempts(service, exchange.getRequest().getURI()));
    }

    private Mono<Void> send(ServerWebExchange exchange, GatewayFilterChain chain, Attempts attempts) {
        Backend backend = backends.begin(attempts.service, attempts.tried);
        if (backend == null) {
            return Mono.error(attempts.nothingLeft(exchange.getRequest()));
        }
        attempts.tried.add(backend);
        long start = System.nanoTime();
        exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, backend.at(attempts.requested));
        return chain.filter(exchange)
                .doOnSuccess(done -> {
                    long nanos = System.nanoTime() - start;
                    backend.answered(nanos);
                    timers.record(attempts.service, status(exchange), nanos);
                })
                .doOnCancel(backend::abandoned)
                .onErrorResume(failure -> {
                    long nanos = System.nanoTime() - start;
                    settle(backend, failure, nanos);
                    timers.record(attempts.service, 0, nanos);
                    return recover(exchange, chain, attempts, failure);
                });
    }

    private static int status(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status == null ? 0 : status.value();
    }

    private static void settle(Backend backend, Throwable failure, long nanos) {
        if (failure instanceof ElpisException
                || failure instanceof CancellationException
                || ConnectFailures.noConnectionFree(failure)) {
            backend.abandoned();
        } else {
            backend.failed(nanos, failure);
        }
    }

    private Mono<Void> recover(
            ServerWebExchange exchange, GatewayFilterChain chain, Attempts attempts, Throwable failure) {
        if (failure instanceof ElpisException || exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        if (ConnectFailures.noConnectionFree(failure)) {
            return Mono.error(new ElpisException(
                    ErrorCode.TOO_MANY_REQUESTS,
                    "rejected execution: all of the gateway's connections to " + attempts.service.id()
                            + " are in use"));
        }
        boolean unsent = ConnectFailures.nothingSent(failure);
        attempts.last = failure;
        attempts.unsent &= unsent;
        boolean again = unsent || (isBreakOff(failure) && isRepeatable(exchange.getRequest(), attempts.service));
        if (again && attempts.tried.size() < properties.tries() && (unsent || budget.spend())) {
            ServerWebExchangeUtils.reset(exchange);
            return send(exchange, chain, attempts);
        }
        return Mono.error(attempts.failure(exchange.getRequest(), failure));
    }

    private static boolean isBreakOff(Throwable failure) {
        return failure instanceof PrematureCloseException || failure instanceof IOException;
    }

    /** A body has been read from the wire and is gone. */
    private static boolean isRepeatable(ServerHttpRequest request, BackendService service) {
        return RoutingTable.isRepeatable(request.getMethod().name(), service)
                && request.getHeaders().getContentLength() <= 0
                && request.getHeaders().getFirst("Transfer-Encoding") == null;
    }

    /** What has been tried for one request. Confined to it. */
    private static final class Attempts {
        private final BackendService service;
        private final URI requested;
        private final Set<Backend> tried = ConcurrentHashMap.newKeySet(2);
        private boolean unsent = true;
        private @Nullable Throwable last;

        Attempts(BackendService service, URI requested) {
            this.service = service;
            this.requested = requested;
        }

        ElpisException nothingLeft(ServerHttpRequest request) {
            return last == null
                    ? unavailable("no instance of " + service.id() + " is available")
                    : failure(request, last);
        }

        ElpisException failure(ServerHttpRequest request, Throwable failure) {
            if (failure instanceof TimeoutException
                    || (failure instanceof ResponseStatusException status
                            && status.getStatusCode().value() == 504)) {
                return new ElpisException(ErrorCode.TIMED_OUT, service.id() + " did not answer in time");
            }
            if (unsent) {
                return unavailable("no instance of " + service.id() + " could be reached");
            }
            if (!isBreakOff(failure)) {
                return Failures.of(failure);
            }
            return RoutingTable.isRepeatable(request.getMethod().name(), service)
                    ? unavailable(service.id() + " went away before it answered")
                    : brokenOff();
        }

        private static ElpisException unavailable(String reason) {
            return new ElpisException(ErrorCode.SERVICE_UNAVAILABLE, reason);
        }

        /** Not 503: that would say that nothing happened. */
        private ElpisException brokenOff() {
            return new ElpisException(
                    ErrorCode.TIMED_OUT,
                    service.id() + " went away before it answered; whether the request took effect is not known");
        }
    }
}
