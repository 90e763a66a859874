package io.elpis.aggregator.rest;

import io.elpis.aggregator.consistency.Reading;
import io.elpis.aggregator.merge.SearchPhaseException;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.session.SessionToken;
import io.elpis.support.access.Callers;
import io.elpis.support.error.ErrorBody;
import io.elpis.support.error.Failures;
import io.elpis.support.error.ReactiveErrors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The one door. A filter rather than handlers: what is between a filter and a handler costs more than a search's own
 * share of this service.
 */
final class ApiFilter implements WebFilter, Ordered {
    private static final String JSON = "application/json; charset=UTF-8";
    private static final byte[] NO_BODY = new byte[0];

    private final SearchDoor searches;
    private final DocumentDoor documents;
    private final MultiGetDoor multiGets;
    private final int maxBody;

    ApiFilter(SearchDoor searches, DocumentDoor documents, MultiGetDoor multiGets, int maxBody) {
        this.searches = searches;
        this.documents = documents;
        this.multiGets = multiGets;
        this.maxBody = maxBody;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getURI().getRawPath();
        Route route;
        JsonShape shape;
        try {
            route = Route.of(request.getMethod().name(), path);
            shape = JsonShape.of(request.getURI().getRawQuery());
        } catch (ElpisException e) {
            return ReactiveErrors.answer(exchange, e);
        } catch (IllegalArgumentException e) {
            return ReactiveErrors.answer(
                    exchange,
                    new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "failed to decode the path [" + path + "]"));
        }
        if (route == null) {
            return chain.filter(exchange);
        }
        return body(request)
                .flatMap(body -> Mono.fromFuture(answer(exchange, route, path, body)))
                .flatMap(answer -> written(exchange, shape, answer))
                .onErrorResume(failure -> refused(exchange, shape, failure));
    }

    private Mono<byte[]> body(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        if (headers.getContentLength() > maxBody) {
            return Mono.error(tooLarge());
        }
        if (headers.getContentLength() <= 0 && headers.getFirst(HttpHeaders.TRANSFER_ENCODING) == null) {
            return Mono.just(NO_BODY);
        }
        return DataBufferUtils.join(request.getBody(), maxBody)
                .map(ApiFilter::bytes)
                .defaultIfEmpty(NO_BODY);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private ElpisException tooLarge() {
        return new ElpisException(
                ErrorCode.CONTENT_TOO_LARGE, "entity content is too long for the configured limit [" + maxBody + "]");
    }

    private CompletableFuture<Answer> answer(ServerWebExchange exchange, Route route, String path, byte[] body) {
        Parameters parameters = Parameters.of(exchange.getRequest().getURI().getRawQuery());
        String authorization = "Bearer " + Callers.of(exchange.getAttributes()).token();
        Incoming incoming =
                new Incoming(route, path, parameters, body, reading(parameters, exchange.getRequest()), authorization);
        return switch (route) {
            case Route.Search search -> searches.search(search, incoming);
            case Route.Count count -> searches.count(count, incoming);
            case Route.Document document -> documents.document(document, incoming);
            case Route.Source source -> documents.source(source, incoming);
            case Route.MultiGet many -> multiGets.many(many, incoming);
        };
    }

    private static Reading reading(Parameters parameters, ServerHttpRequest request) {
        List<String> tokens = request.getHeaders().get(SessionToken.HEADER);
        return Reading.of(parameters.text("consistency"), tokens == null ? List.of() : tokens);
    }

    private static Mono<Void> written(ServerWebExchange exchange, JsonShape shape, Answer answer) {
        ServerHttpResponse response = exchange.getResponse();
        DataBufferFactory factory = response.bufferFactory();
        ByteBufAllocator allocator = factory instanceof NettyDataBufferFactory netty
                ? netty.getByteBufAllocator()
                : PooledByteBufAllocator.DEFAULT;
        JsonOut out = new JsonOut(allocator, answer.expected());
        try {
            answer.body().accept(out);
        } catch (RuntimeException e) {
            out.release();
            throw e;
        }
        ByteBuf body = shape.applied(out.finish());
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        HttpHeaders headers = response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, JSON);
        headers.setContentLength(body.readableBytes());
        answer.headers().forEach(headers::set);
        if (exchange.getRequest().getMethod() == HttpMethod.HEAD) {
            body.release();
            return response.setComplete();
        }
        return response.writeWith(Mono.just(wrapped(body, factory)));
    }

    private static DataBuffer wrapped(ByteBuf body, DataBufferFactory factory) {
        if (factory instanceof NettyDataBufferFactory netty) {
            return netty.wrap(body);
        }
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        body.release();
        return factory.wrap(bytes);
    }

    private Mono<Void> refused(ServerWebExchange exchange, JsonShape shape, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(cause);
        }
        return switch (cause) {
            case SearchPhaseException phase ->
                written(
                        exchange,
                        shape,
                        new Answer(
                                phase.httpStatus(),
                                1024,
                                ErrorBody.headers(phase.httpStatus()),
                                out -> SearchJson.failure(phase, out)));
            case DataBufferLimitException _ -> ReactiveErrors.answer(exchange, tooLarge());
            default -> ReactiveErrors.answer(exchange, Failures.of(cause));
        };
    }
}
