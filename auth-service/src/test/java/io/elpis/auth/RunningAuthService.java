package io.elpis.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One instance of the service on a free port, with a client that speaks to it. */
final class RunningAuthService implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    private RunningAuthService(ConfigurableApplicationContext context) {
        this.context = context;
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    static RunningAuthService start(String jdbcUrl, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--eureka.client.enabled=false",
                "--spring.datasource.url=" + jdbcUrl,
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres"));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        return new RunningAuthService(SpringApplication.run(AuthApplication.class, arguments.toArray(new String[0])));
    }

    URI base() {
        return base;
    }

    record Answer(int status, String body, HttpResponse<String> raw) {
        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    Answer send(String method, String path, String authorization, String body) throws IOException {
        return send(method, path, authorization, "application/json", body);
    }

    Answer send(String method, String path, String authorization, String type, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", type)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), answer);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    Answer tokenFor(String name, String password) throws IOException {
        return send("POST", "/_elpis/token", basic(name, password), "");
    }

    /** The value of an {@code Authorization} header. */
    String bearer(String name, String password) throws IOException {
        return "Bearer " + tokenFor(name, password).json().get("access_token").stringValue();
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
