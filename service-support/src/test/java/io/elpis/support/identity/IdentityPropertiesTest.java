package io.elpis.support.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class IdentityPropertiesTest {
    private static IdentityProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("elpis.identity", IdentityProperties.class);
    }

    @Test
    void defaults() {
        assertThat(bound(Map.of()))
                .isEqualTo(new IdentityProperties(
                        "http://auth-service",
                        "auth-service",
                        null,
                        10_000,
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3)));
    }

    @Test
    void names() {
        assertThat(bound(Map.of(
                        "elpis.identity.issuer", "http://x",
                        "elpis.identity.service", "auth",
                        "elpis.identity.client-secret", "s",
                        "elpis.identity.verdicts", "1",
                        "elpis.identity.verdict-life", "2s",
                        "elpis.identity.key-age", "3s",
                        "elpis.identity.key-retry", "4s",
                        "elpis.identity.connect-timeout", "5s",
                        "elpis.identity.deadline", "6s")))
                .isEqualTo(new IdentityProperties(
                        "http://x",
                        "auth",
                        "s",
                        1,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6)));
    }

    @Test
    void nonsenseStopsTheStart() {
        assertThatThrownBy(() -> bound(Map.of("elpis.identity.deadline", "0s")))
                .rootCause()
                .hasMessageContaining("positive");
    }
}
