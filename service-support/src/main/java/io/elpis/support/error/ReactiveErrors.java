package io.elpis.support.error;

import io.elpis.model.error.ElpisException;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** The edge of a WebFlux service. Before Boot's own handler, which would answer with pages. */
public final class ReactiveErrors implements WebExceptionHandler, Ordered {
    @Override
    public int getOrder() {
        return -10;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(thrown);
        }
        return answer(exchange, failure(exchange.getRequest(), thrown));
    }

    private static ElpisException failure(ServerHttpRequest request, Throwable thrown) {
        if (thrown instanceof NoResourceFoundException) {
            String query = request.getURI().getRawQuery();
            String path = request.getURI().getRawPath();
            return Failures.noHandler(
                    query == null ? path : path + '?' + query,
                    request.getMethod().name());
        }
        return Failures.of(thrown);
    }

    public static Mono<Void> answer(ServerWebExchange exchange, ElpisException failure) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(failure.code().httpStatus()));
        HttpHeaders headers = response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, ErrorBody.CONTENT_TYPE);
        ErrorBody.headers(failure.code()).forEach(headers::set);
        byte[] body = ErrorBody.of(failure);
        headers.setContentLength(body.length);
        if (exchange.getRequest().getMethod() == HttpMethod.HEAD) {
            return response.setComplete();
        }
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }
}
