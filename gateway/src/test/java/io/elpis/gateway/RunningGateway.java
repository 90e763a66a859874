package io.elpis.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The gateway on a free port, told of its backends by settings instead of a registry. */
final class RunningGateway implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    private RunningGateway(ConfigurableApplicationContext context) {
        this.context = context;
        this.base = URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    static RunningGateway start(Map<String, List<URI>> backends, String... settings) {
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--server.address=127.0.0.1", "--eureka.client.enabled=false"));
        backends.forEach((service, instances) -> {
            for (int i = 0; i < instances.size(); i++) {
                arguments.add("--spring.cloud.discovery.client.simple.instances." + service + "[" + i + "].uri="
                        + instances.get(i));
            }
        });
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        return new RunningGateway(SpringApplication.run(GatewayApplication.class, arguments.toArray(new String[0])));
    }

    HttpResponse<String> send(String method, String path, String authorization) throws IOException {
        return send(method, path, authorization, BodyPublishers.noBody());
    }

    HttpResponse<String> send(String method, String path, String authorization, BodyPublisher body) throws IOException {
        return send(method, path, authorization, body, Map.of());
    }

    HttpResponse<String> send(
            String method, String path, String authorization, BodyPublisher body, Map<String, String> headers)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        headers.forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    URI base() {
        return base;
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
