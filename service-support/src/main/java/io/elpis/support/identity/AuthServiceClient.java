package io.elpis.support.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Asks auth-service: any instance that is known, another one when that fails, all within one deadline. Blocks its
 * caller; meant for virtual threads and for what is asked once and cached.
 */
public final class AuthServiceClient implements KeySource {
    private final Supplier<List<URI>> instances;
    private final Duration deadline;
    private final HttpClient http;

    public AuthServiceClient(Supplier<List<URI>> instances, Duration connectTimeout, Duration deadline) {
        this.instances = instances;
        this.deadline = deadline;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .build();
    }

    @Override
    public JWKSet fetch() throws IOException {
        HttpResponse<String> answer =
                send("/oauth2/jwks", HttpRequest.newBuilder().GET());
        if (answer.statusCode() != 200) {
            throw new IOException("auth-service answered " + answer.statusCode() + " when asked for its keys");
        }
        try {
            return JWKSet.parse(answer.body());
        } catch (ParseException e) {
            throw new IOException("auth-service's answer is no set of keys", e);
        }
    }

    /** @throws ElpisException UNAUTHENTICATED when the client is refused */
    public IssuedToken clientToken(String clientId, String secret) throws IOException {
        String basic = "Basic "
                + Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return token(send(
                "/oauth2/token",
                HttpRequest.newBuilder()
                        .header("Authorization", basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials"))));
    }

    /**
     * @param basic value of an {@code Authorization} header: {@code Basic …}
     * @throws ElpisException UNAUTHENTICATED when user and password do not match
     */
    public IssuedToken userToken(String basic) throws IOException {
        return token(send(
                "/_elpis/token",
                HttpRequest.newBuilder().header("Authorization", basic).POST(BodyPublishers.noBody())));
    }

    private static IssuedToken token(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() == 400 || answer.statusCode() == 401 || answer.statusCode() == 403) {
            throw new ElpisException(ErrorCode.UNAUTHENTICATED, "unknown name or wrong password");
        }
        if (answer.statusCode() == 429) {
            throw new ElpisException(ErrorCode.TOO_MANY_REQUESTS, "too many passwords to check, try again later");
        }
        if (answer.statusCode() != 200) {
            throw new IOException("auth-service answered " + answer.statusCode() + " when asked for a token");
        }
        try {
            Map<String, Object> body = JSONObjectUtils.parse(answer.body());
            return new IssuedToken(
                    JSONObjectUtils.getString(body, "access_token"),
                    Duration.ofSeconds(JSONObjectUtils.getLong(body, "expires_in")));
        } catch (ParseException e) {
            throw new IOException("auth-service's answer is no token", e);
        }
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request) throws IOException {
        List<URI> known = instances.get();
        if (known.isEmpty()) {
            throw new IOException("no instance of auth-service is known");
        }
        long end = System.nanoTime() + deadline.toNanos();
        int first = ThreadLocalRandom.current().nextInt(known.size());
        IOException failure = new IOException("auth-service did not answer in time");
        for (int i = 0; i < known.size(); i++) {
            URI instance = known.get((first + i) % known.size());
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (!left.isPositive()) {
                break;
            }
            try {
                HttpResponse<String> answer = http.send(
                        request.uri(instance.resolve(path)).timeout(left).build(), BodyHandlers.ofString());
                if (answer.statusCode() < 500) {
                    return answer;
                }
                failure = new IOException("auth-service answered " + answer.statusCode());
            } catch (IOException e) {
                failure = new IOException("auth-service at " + instance + " cannot be reached: " + e, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        throw failure;
    }
}
