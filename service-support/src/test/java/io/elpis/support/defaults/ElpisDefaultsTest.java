package io.elpis.support.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ElpisDefaultsTest {
    private static StandardEnvironment environment(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("operator", settings));
        new ElpisDefaults().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }

    @Test
    void registrationIsFastAndStableOverRestarts() {
        StandardEnvironment environment = environment(Map.of(
                "spring.application.name", "query-service",
                "elpis.instance", "query-1",
                "elpis.zone", "zone-a",
                "server.address", "127.0.0.1",
                "spring.grpc.server.port", "9100"));

        assertThat(environment.getProperty("eureka.instance.instance-id")).isEqualTo("query-service:query-1");
        assertThat(environment.getProperty("eureka.instance.ip-address")).isEqualTo("127.0.0.1");
        assertThat(environment.getProperty("eureka.instance.metadata-map.zone")).isEqualTo("zone-a");
        assertThat(environment.getProperty("eureka.instance.metadata-map.instance"))
                .isEqualTo("query-1");
        assertThat(environment.getProperty("eureka.instance.metadata-map.grpcPort"))
                .isEqualTo("9100");
        assertThat(environment.getProperty("eureka.client.registry-fetch-interval-seconds"))
                .isEqualTo("2");
        assertThat(environment.getProperty("eureka.client.initial-instance-info-replication-interval-seconds"))
                .isEqualTo("0");
        assertThat(environment.getProperty("eureka.instance.lease-renewal-interval-in-seconds"))
                .isEqualTo("5");
        assertThat(environment.getProperty("eureka.instance.lease-expiration-duration-in-seconds"))
                .isEqualTo("15");
        assertThat(environment.getProperty("spring.cloud.loadbalancer.cache.ttl"))
                .isEqualTo("2s");
    }

    @Test
    void operatorsSettingsWin() {
        StandardEnvironment environment = environment(
                Map.of("spring.application.name", "x", "eureka.client.registry-fetch-interval-seconds", "30"));

        assertThat(environment.getProperty("eureka.client.registry-fetch-interval-seconds"))
                .isEqualTo("30");
    }

    @Test
    void addressThatMeansAnyIsNotRegistered() {
        assertThat(environment(Map.of("server.address", "0.0.0.0")).getProperty("eureka.instance.ip-address"))
                .isNull();
        assertThat(environment(Map.of()).getProperty("eureka.instance.metadata-map.grpcPort"))
                .isNull();
    }

    @Test
    void hopsAreNotObserved() {
        StandardEnvironment environment = environment(Map.of());

        assertThat(environment.getProperty("management.observations.enable.http"))
                .isEqualTo("false");
        assertThat(environment.getProperty("spring.grpc.server.observation.enabled"))
                .isEqualTo("false");
        assertThat(environment.getProperty("spring.threads.virtual.enabled")).isEqualTo("true");
        assertThat(environment.getProperty("server.shutdown")).isEqualTo("graceful");
        assertThat(environment.getProperty("management.endpoints.web.exposure.include"))
                .isEqualTo("health,info,prometheus,metrics");
    }

    @Test
    void filesSayWhatTheConsoleSays() {
        StandardEnvironment environment = environment(Map.of("elpis.instance", "query-1"));

        assertThat(environment.getProperty("logging.pattern.file"))
                .isEqualTo(environment.getProperty("logging.pattern.console"))
                .contains("%kvp")
                .contains("query-1");
        assertThat(environment.getProperty("logging.level.com.netflix.discovery.shared.transport.decorator"))
                .isEqualTo("warn");
    }
}
