package io.elpis.launcher.supervision;

import io.elpis.launcher.process.Probe;
import io.elpis.launcher.process.Probes;
import io.elpis.launcher.service.Instance;
import java.net.http.HttpClient;
import java.time.Duration;

/** Finds the probe that fits an instance. */
final class InstanceProbe {

    private final Platform platform;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    InstanceProbe(Platform platform) {
        this.platform = platform;
    }

    Probe of(Instance instance) {
        int port = platform.port(instance);
        return switch (instance.kind().role()) {
            case SPRING -> Probes.readinessEndpoint(client, port);
            case KAFKA -> Probes.listening(port);
            case POSTGRES -> Probes.postgres(port, "elpis", "elpis_catalog");
        };
    }
}
