package io.elpis.launcher.command;

import io.elpis.launcher.supervision.WantedShape;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How large a platform shall be; what is not said stays as it was. */
final class ShapeOptions {

    @Option(names = "--nodes", paramLabel = "N", description = "Query nodes. Default: 3.")
    @Nullable
    Integer nodes;

    @Option(names = "--zones", paramLabel = "Z", description = "Zones to spread them over. Default: 2.")
    @Nullable
    Integer zones;

    @Option(
            names = "--brokers",
            paramLabel = "B",
            description = "Kafka brokers; three of them keep three copies of the log. Default: 1.")
    @Nullable
    Integer brokers;

    @Option(
            names = "--index-services",
            paramLabel = "I",
            description = "Index services; one places the copies, the others stand by to take over. Default: 1.")
    @Nullable
    Integer indexServices;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address on which the gateway listens; 0.0.0.0 opens it to the network. Default: 127.0.0.1.")
    @Nullable
    String host;

    @Option(names = "--port", paramLabel = "P", description = "The gateway's port. Default: 8080.")
    @Nullable
    Integer port;

    WantedShape wanted() {
        return new WantedShape(nodes, zones, brokers, indexServices, host, port);
    }
}
