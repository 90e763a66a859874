package io.elpis.launcher.gateway;

import io.elpis.launcher.exit.CommandFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to a platform as one of its users; fetches a token at first need and again when it is refused. */
public final class GatewayClient {

    /**
     * An answer of the gateway, whatever its status.
     *
     * @param session what the caller has seen by now, to be sent with its next request; empty where nothing was told
     */
    public record Answer(int status, byte[] body, OptionalLong retryAfterSeconds, String session) {

        public boolean ok() {
            return status >= 200 && status < 300;
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JacksonException e) {
                throw new CommandFailure("the gateway answered " + status + " with something that is no JSON");
            }
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String SESSION = "Elpis-Session";
    private static final int UNAUTHORIZED = 401;

    private final URI base;
    private final String user;
    private final String password;
    private final String look;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private volatile String token = "";

    /** @param look a command line that tells how the platform is, for who gets no answer */
    public GatewayClient(URI base, String user, String password, String look) {
        this.base = base;
        this.user = user;
        this.password = password;
        this.look = look;
    }

    /** A fresh bearer token. */
    public String fetchToken() throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        Answer answer = send(HttpRequest.newBuilder(base.resolve("/_elpis/token"))
                .header("Authorization", "Basic " + basic)
                .POST(BodyPublishers.noBody()));
        if (answer.status() == UNAUTHORIZED) {
            throw new WrongPassword(user);
        }
        if (!answer.ok()) {
            throw new CommandFailure("no token: the gateway answered " + answer.status() + " " + answer.text());
        }
        return answer.json().path("access_token").asString();
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return request("GET", path, "application/json", new byte[0]);
    }

    public Answer request(String method, String path, String contentType, byte[] body)
            throws IOException, InterruptedException {
        return request(method, path, contentType, body, "");
    }

    /** @param session of an earlier answer; empty for none */
    public Answer request(String method, String path, String contentType, byte[] body, String session)
            throws IOException, InterruptedException {
        String used = token.isEmpty() ? renew("") : token;
        Answer answer = authorised(method, path, contentType, body, session, used);
        return answer.status() == UNAUTHORIZED
                ? authorised(method, path, contentType, body, session, renew(used))
                : answer;
    }

    /** A name as one segment of a path. */
    public static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Several threads may see the same token refused: the first of them fetches another for all. */
    private synchronized String renew(String refused) throws IOException, InterruptedException {
        if (token.equals(refused)) {
            token = fetchToken();
        }
        return token;
    }

    private Answer authorised(
            String method, String path, String contentType, byte[] body, String session, String bearer)
            throws IOException, InterruptedException {
        BodyPublisher publisher = body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + bearer)
                .method(method, publisher);
        if (body.length > 0) {
            request.header("Content-Type", contentType);
        }
        if (!session.isEmpty()) {
            request.header(SESSION, session);
        }
        return send(request);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            HttpResponse<byte[]> response =
                    client.send(request.timeout(DEADLINE).build(), BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers()
                            .firstValue("Retry-After")
                            .filter(value -> value.matches("\\d{1,6}"))
                            .map(value -> OptionalLong.of(Long.parseLong(value)))
                            .orElse(OptionalLong.empty()),
                    response.headers().firstValue(SESSION).orElse(""));
        } catch (ConnectException e) {
            throw new ConnectException("nothing answers at " + base + ": is the platform up? (" + look + ")");
        }
    }
}
