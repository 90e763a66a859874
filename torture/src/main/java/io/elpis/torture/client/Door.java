package io.elpis.torture.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform's gateway as a client sees it; sends every request once. Thread-safe. */
public final class Door {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String SESSION = "Elpis-Session";

    private final URI base;
    private final Supplier<String> authorization;
    private final Duration patience;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /**
     * @param authorization the value of the header for each request
     * @param patience how long an answer may take
     */
    public Door(URI base, Supplier<String> authorization, Duration patience) {
        this.base = base;
        this.authorization = authorization;
        this.patience = patience;
    }

    public Sent send(Request request) throws InterruptedException {
        HttpRequest.Builder http = HttpRequest.newBuilder(base.resolve(request.path()))
                .timeout(patience)
                .header("Authorization", authorization.get());
        if (request.body().isEmpty()) {
            http.method(request.method(), BodyPublishers.noBody());
        } else {
            http.method(request.method(), BodyPublishers.ofByteArray(request.bytes()))
                    .header("Content-Type", request.contentType());
        }
        if (!request.idempotencyKey().isEmpty()) {
            http.header("Idempotency-Key", request.idempotencyKey());
        }
        if (!request.session().isEmpty()) {
            http.header(SESSION, request.session());
        }
        try {
            HttpResponse<byte[]> response = client.send(http.build(), BodyHandlers.ofByteArray());
            JsonNode body = JSON.readTree(response.body());
            boolean warned = response.headers().firstValue("Warning").isPresent();
            String session = response.headers().firstValue(SESSION).orElse("");
            return new Sent.Answered(response.statusCode(), body, warned, session);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Sent.Unsent("no connection");
        } catch (IOException e) {
            return new Sent.Unanswered(e.getClass().getSimpleName());
        } catch (JacksonException e) {
            return new Sent.Unanswered("an answer that is not JSON");
        }
    }
}
