package io.elpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.gateway.authentication.BasicProperties;
import io.elpis.gateway.limit.LimitProperties;
import io.elpis.gateway.routing.GatewayProperties;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class SettingsTest {
    private static <T> T bound(String prefix, Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
    }

    @Test
    void defaults() {
        assertThat(bound("elpis.gateway", GatewayProperties.class, Map.of()))
                .isEqualTo(new GatewayProperties(
                        Duration.ofSeconds(60), Duration.ofSeconds(1), 3, 20, Duration.ofSeconds(2)));
        assertThat(bound("elpis.gateway", LimitProperties.class, Map.of()))
                .isEqualTo(new LimitProperties(
                        DataSize.ofMegabytes(32), DataSize.ofMegabytes(10), Duration.ofSeconds(60)));
        assertThat(bound("elpis.gateway.basic", BasicProperties.class, Map.of()))
                .isEqualTo(new BasicProperties(1000, Duration.ofSeconds(60)));
    }

    @Test
    void names() {
        assertThat(bound(
                        "elpis.gateway",
                        GatewayProperties.class,
                        Map.of(
                                "elpis.gateway.deadline", "1s",
                                "elpis.gateway.instance-age", "2s",
                                "elpis.gateway.tries", "1",
                                "elpis.gateway.breaker-calls", "4",
                                "elpis.gateway.breaker-pause", "5s")))
                .isEqualTo(new GatewayProperties(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), 1, 4, Duration.ofSeconds(5)));
        assertThat(bound(
                        "elpis.gateway",
                        LimitProperties.class,
                        Map.of(
                                "elpis.gateway.max-body-size", "1KB",
                                "elpis.gateway.max-search-size", "2KB",
                                "elpis.gateway.body-timeout", "3s")))
                .isEqualTo(
                        new LimitProperties(DataSize.ofKilobytes(1), DataSize.ofKilobytes(2), Duration.ofSeconds(3)));
        assertThat(bound(
                        "elpis.gateway.basic",
                        BasicProperties.class,
                        Map.of("elpis.gateway.basic.remembered", "2", "elpis.gateway.basic.memory", "3s")))
                .isEqualTo(new BasicProperties(2, Duration.ofSeconds(3)));
    }

    @Test
    void nonsenseStopsTheStart() {
        assertThatThrownBy(
                        () -> bound("elpis.gateway", GatewayProperties.class, Map.of("elpis.gateway.deadline", "0s")))
                .rootCause()
                .hasMessageContaining("positive");
        assertThatThrownBy(() ->
                        bound("elpis.gateway", LimitProperties.class, Map.of("elpis.gateway.max-body-size", "0B")))
                .rootCause()
                .hasMessageContaining("positive");
    }
}
