package io.elpis.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A real registry on a free port. */
class DiscoveryTest {
    private static final String INSTANCE = """
            {"instance":{"instanceId":"query-service:query-1","hostName":"127.0.0.1","app":"QUERY-SERVICE",
            "ipAddr":"127.0.0.1","status":"UP","port":{"$":9100,"@enabled":"true"},"vipAddress":"query-service",
            "dataCenterInfo":{"@class":"com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo","name":"MyOwn"},
            "metadata":{"grpcPort":"9200","zone":"zone-a"}}}""";

    private static final String WAIT = "--eureka.server.wait-time-in-ms-when-sync-empty=";

    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        context = started("--spring.security.user.password=secret", WAIT + "0");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static ConfigurableApplicationContext started(String... settings) {
        String[] all = new String[settings.length + 3];
        all[0] = "--server.port=0";
        all[1] = "--server.address=127.0.0.1";
        all[2] = "--eureka.client.fetch-registry=false";
        System.arraycopy(settings, 0, all, 3, settings.length);
        return SpringApplication.run(DiscoveryApplication.class, all);
    }

    private static HttpResponse<String> send(String method, String path, String password, String body)
            throws IOException, InterruptedException {
        return send(context, method, path, password, body);
    }

    private static HttpResponse<String> send(
            ConfigurableApplicationContext context, String method, String path, String password, String body)
            throws IOException, InterruptedException {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!password.isEmpty()) {
            byte[] credentials = ("elpis:" + password).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    @Test
    void registrationIsSeenAtOnce() throws Exception {
        assertThat(send("POST", "/eureka/apps/QUERY-SERVICE", "secret", INSTANCE)
                        .statusCode())
                .isEqualTo(204);
        assertThat(send("GET", "/eureka/apps", "secret", "").body())
                .contains("query-service:query-1")
                .contains("\"grpcPort\":\"9200\"");
        assertThat(send("DELETE", "/eureka/apps/QUERY-SERVICE/query-service:query-1", "secret", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("GET", "/eureka/apps", "secret", "").body()).doesNotContain("query-1");
    }

    @Test
    void aNewRegistryListensBeforeItTells() throws Exception {
        try (ConfigurableApplicationContext fresh = started("--spring.security.user.password=secret", WAIT + "3000")) {
            assertThat(send(fresh, "POST", "/eureka/apps/QUERY-SERVICE", "secret", INSTANCE)
                            .statusCode())
                    .isEqualTo(204);
            assertThat(send(fresh, "GET", "/eureka/apps", "secret", "").statusCode())
                    .isEqualTo(403);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(send(fresh, "GET", "/eureka/apps", "secret", "")
                                    .body())
                            .contains("query-service:query-1"));
        }
        assertThat(context.getEnvironment().getProperty("eureka.instance.registry.default-open-for-traffic-count"))
                .isEqualTo("0");
    }

    @Test
    void nobodyRegistersWithoutThePassword() throws Exception {
        for (String password : new String[] {"", "guess"}) {
            assertThat(send("POST", "/eureka/apps/QUERY-SERVICE", password, INSTANCE)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(send("GET", "/eureka/apps", password, "").statusCode()).isEqualTo(401);
            assertThat(send("GET", "/registry", password, "").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void onlyHealthIsOpen() throws Exception {
        assertThat(send("GET", "/actuator/health/readiness", "", "").statusCode())
                .isEqualTo(200);
        assertThat(send("GET", "/actuator/prometheus", "secret", "").statusCode())
                .isEqualTo(401);
    }

    @Test
    void itIsHealthyFromTheFirstLookOn() throws Exception {
        assertThat(send("GET", "/actuator/health", "", "").statusCode()).isEqualTo(200);
    }

    @Test
    void leasesAreBelieved() {
        assertThat(context.getEnvironment().getProperty("eureka.server.enable-self-preservation"))
                .isEqualTo("false");
        assertThat(context.getEnvironment().getProperty("eureka.server.use-read-only-response-cache"))
                .isEqualTo("false");
        assertThat(context.getEnvironment().getProperty("eureka.server.eviction-interval-timer-in-ms"))
                .isEqualTo("5000");
    }

    @Test
    void registryWithoutAPasswordDoesNotStart() {
        assertThatThrownBy(() -> started().close()).rootCause().hasMessageContaining("spring.security.user.password");
    }
}
