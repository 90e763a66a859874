package io.elpis.aggregator.rest;

import io.elpis.aggregator.document.DocumentService;
import io.elpis.aggregator.search.Admission;
import io.elpis.aggregator.search.SearchService;
import io.elpis.support.access.Callers;
import io.elpis.support.error.ReactiveErrors;
import io.elpis.support.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The REST side on a port of its own, for a caller who is let in. */
public final class Doors implements AutoCloseable {
    public volatile boolean locked;
    private final DisposableServer server;

    public Doors(SearchService searches, DocumentService documents, int maxBody) {
        HttpHandler handler = WebHttpHandlerBuilder.webHandler(
                        _ -> Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND)))
                .filter(
                        new LetIn(),
                        new ApiFilter(
                                new SearchDoor(searches),
                                new DocumentDoor(documents),
                                new MultiGetDoor(documents, new Admission(8)),
                                maxBody))
                .exceptionHandler(new ReactiveErrors())
                .build();
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow(Duration.ofSeconds(20));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(20));
    }

    /** As the access filter leaves a request. */
    private final class LetIn implements WebFilter {
        private final Caller caller =
                new Caller("ada", Set.of("read"), Instant.now().plusSeconds(600), "token-of-the-user");

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            if (!locked) {
                exchange.getAttributes().put(Callers.ATTRIBUTE, caller);
            }
            return chain.filter(exchange);
        }
    }
}
