package io.elpis.support.access;

import io.elpis.model.error.ElpisException;
import io.elpis.support.error.Failures;
import io.elpis.support.error.ReactiveErrors;
import io.elpis.support.identity.CachedVerdicts;
import io.elpis.support.identity.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The whole of a WebFlux service's security chain. A token seen before costs no thread hop; a new one is verified on
 * {@code blocking}, because its key may have to be fetched.
 */
final class ReactiveAccessFilter implements WebFilter {
    private final AccessRules rules;
    private final CachedVerdicts verdicts;
    private final Scheduler blocking;

    ReactiveAccessFilter(AccessRules rules, CachedVerdicts verdicts, Scheduler blocking) {
        this.rules = rules;
        this.verdicts = verdicts;
        this.blocking = blocking;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        try {
            ServerHttpRequest request = exchange.getRequest();
            Requirement requirement = rules.requirement(
                    request.getMethod().name(), request.getURI().getRawPath());
            if (requirement instanceof Requirement.Open) {
                return chain.filter(exchange);
            }
            String token = AccessRules.bearer(request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION));
            Caller known = verdicts.known(token);
            return known == null
                    ? verified(token, requirement, exchange, chain)
                    : pass(known, requirement, exchange, chain);
        } catch (ElpisException refusal) {
            return ReactiveErrors.answer(exchange, refusal);
        }
    }

    private Mono<Void> verified(
            String token, Requirement requirement, ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.fromCallable(() -> verdicts.verify(token))
                .subscribeOn(blocking)
                .map(Verdict::granted)
                .onErrorResume(refusal -> Mono.just(Verdict.refused(Failures.of(refusal))))
                .flatMap(verdict -> verdict.caller == null
                        ? ReactiveErrors.answer(exchange, verdict.refusal())
                        : pass(verdict.caller, requirement, exchange, chain));
    }

    private static Mono<Void> pass(
            Caller caller, Requirement requirement, ServerWebExchange exchange, WebFilterChain chain) {
        try {
            AccessRules.check(requirement, caller);
        } catch (ElpisException refusal) {
            return ReactiveErrors.answer(exchange, refusal);
        }
        exchange.getAttributes().put(Callers.ATTRIBUTE, caller);
        return chain.filter(exchange);
    }

    /** Keeps a refusal here apart from a failure further down the chain. */
    private record Verdict(
            @Nullable Caller caller, @Nullable ElpisException failure) {
        static Verdict granted(Caller caller) {
            return new Verdict(caller, null);
        }

        static Verdict refused(ElpisException failure) {
            return new Verdict(null, failure);
        }

        ElpisException refusal() {
            return Objects.requireNonNull(failure);
        }
    }
}
