package io.elpis.gateway.authentication;

import io.elpis.support.error.Failures;
import io.elpis.support.error.ReactiveErrors;
import java.util.concurrent.CompletionException;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Turns {@code Authorization: Basic} into {@code Bearer} before the token is verified. */
final class BasicFilter implements WebFilter, Ordered {
    private static final String BASIC = "Basic ";

    private final BasicExchange exchange;

    BasicFilter(BasicExchange exchange) {
        this.exchange = exchange;
    }

    /** Before the security chain, which Boot puts at -100. */
    @Override
    public int getOrder() {
        return -110;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange web, WebFilterChain chain) {
        ServerHttpRequest request = web.getRequest();
        String authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        if (authorization == null
                || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())
                || wantsToken(request.getURI().getRawPath())) {
            return chain.filter(web);
        }
        return Mono.fromFuture(() -> exchange.token(authorization), true)
                .map(token -> withToken(web, token))
                .onErrorResume(failure ->
                        ReactiveErrors.answer(web, Failures.of(cause(failure))).then(Mono.empty()))
                .flatMap(chain::filter);
    }

    /** Where name and password, or a service's secret, are what auth-service wants to see. */
    private static boolean wantsToken(String path) {
        return path.startsWith("/_elpis/token") || path.startsWith("/oauth2/");
    }

    private static ServerWebExchange withToken(ServerWebExchange web, String token) {
        return web.mutate()
                .request(request -> request.headers(headers -> headers.setBearerAuth(token)))
                .build();
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
