package io.elpis.support.topology;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/** The instances of query-service that the registry knows, by their {@code grpcPort}. */
final class DiscoveredNodes implements NodeDirectory {
    private static final String SERVICE = "query-service";
    private static final String PORT = "grpcPort";

    private final DiscoveryClient discovery;

    DiscoveredNodes(DiscoveryClient discovery) {
        this.discovery = discovery;
    }

    @Override
    public Set<NodeAddress> nodes() {
        Set<NodeAddress> nodes = new LinkedHashSet<>();
        for (ServiceInstance instance : discovery.getInstances(SERVICE)) {
            NodeAddress address = address(instance);
            if (address != null) {
                nodes.add(address);
            }
        }
        return nodes;
    }

    private static @Nullable NodeAddress address(ServiceInstance instance) {
        Map<String, String> metadata = instance.getMetadata();
        String port = metadata == null ? null : metadata.get(PORT);
        if (port == null || !port.matches("[1-9]\\d{0,4}")) {
            return null;
        }
        return new NodeAddress(instance.getHost(), Integer.parseInt(port));
    }
}
