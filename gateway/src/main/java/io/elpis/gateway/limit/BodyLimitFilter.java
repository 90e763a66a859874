package io.elpis.gateway.limit;

import io.elpis.gateway.routing.BackendService;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.error.ReactiveErrors;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Refuses bodies over the limit: at once when their length is announced, else when the byte too many arrives. Nothing is
 * gathered; a body of known length is not even looked at. What is still on its way is read and dropped, as OpenSearch
 * does it: a client that sends all before it reads would lose the answer with a connection that is reset.
 */
final class BodyLimitFilter implements GlobalFilter, Ordered {
    private final LimitProperties limits;

    BodyLimitFilter(LimitProperties limits) {
        this.limits = limits;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        long limit = limits.bytes(exchange.getAttribute(BackendService.ATTRIBUTE));
        long announced = request.getHeaders().getContentLength();
        if (announced > limit) {
            return refuse(exchange, tooLarge(limit));
        }
        if (announced >= 0 || request.getHeaders().getFirst(HttpHeaders.TRANSFER_ENCODING) == null) {
            return chain.filter(exchange);
        }
        CountedBody counted = new CountedBody(request, limit);
        return chain.filter(exchange.mutate().request(counted).build())
                .onErrorResume(
                        failure -> counted.exceeded && !exchange.getResponse().isCommitted(),
                        failure -> refuse(exchange, tooLarge(limit)));
    }

    private static Mono<Void> refuse(ServerWebExchange exchange, ElpisException failure) {
        if (exchange.getRequest().getHeaders().getFirst(HttpHeaders.EXPECT) != null) {
            // Its body, which may never come now, would be taken for the next request, or that for its body.
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        }
        return ReactiveErrors.answer(exchange, failure);
    }

    private static ElpisException tooLarge(long limit) {
        return new ElpisException(
                ErrorCode.CONTENT_TOO_LARGE,
                "entity content is too long for the configured limit [" + limit + "] bytes");
    }

    private static final class CountedBody extends ServerHttpRequestDecorator {
        private final AtomicLong seen = new AtomicLong();
        private final long limit;
        private volatile boolean exceeded;

        CountedBody(ServerHttpRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return super.getBody().handle((buffer, sink) -> {
                if (seen.addAndGet(buffer.readableByteCount()) > limit) {
                    exceeded = true;
                    DataBufferUtils.release(buffer);
                    sink.error(tooLarge(limit));
                } else {
                    sink.next(buffer);
                }
            });
        }
    }
}
