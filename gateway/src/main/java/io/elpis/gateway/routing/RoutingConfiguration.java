package io.elpis.gateway.routing;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires routes and the choice of instances. */
@Configuration(proxyBeanMethods = false)
class RoutingConfiguration {
    @Bean
    RouteLocator routes() {
        return new Routes();
    }

    @Bean
    InstanceFilter instanceFilter(DiscoveryClient discovery, GatewayProperties properties, MeterRegistry registry) {
        Backends backends = new Backends(service -> instances(discovery, service), properties, System::nanoTime);
        return new InstanceFilter(backends, new RetryBudget(), properties, new RequestTimers(registry));
    }

    private static List<URI> instances(DiscoveryClient discovery, String service) {
        return discovery.getInstances(service).stream()
                .map(ServiceInstance::getUri)
                .toList();
    }
}
