package io.elpis.gateway.routing;

import java.util.Arrays;
import java.util.List;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/** The routing table as Spring Cloud Gateway's routes, one a service; the table is asked once a request. */
final class Routes implements RouteLocator {
    private static final String NONE = "none";

    private final List<Route> routes =
            Arrays.stream(BackendService.values()).map(Routes::route).toList();

    @Override
    public Flux<Route> getRoutes() {
        return Flux.fromIterable(routes);
    }

    private static Route route(BackendService service) {
        return Route.async()
                .id(service.id())
                .uri("lb://" + service.id())
                .predicate(exchange -> serviceOf(exchange).equals(service))
                .build();
    }

    private static Object serviceOf(ServerWebExchange exchange) {
        Object known = exchange.getAttributes().get(BackendService.ATTRIBUTE);
        if (known != null) {
            return known;
        }
        ServerHttpRequest request = exchange.getRequest();
        BackendService service = RoutingTable.serviceFor(
                request.getMethod().name(), request.getURI().getRawPath());
        Object answer = service == null ? NONE : service;
        exchange.getAttributes().put(BackendService.ATTRIBUTE, answer);
        return answer;
    }
}
