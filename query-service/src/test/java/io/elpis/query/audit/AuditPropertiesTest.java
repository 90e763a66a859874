package io.elpis.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

final class AuditPropertiesTest {
    @Test
    void namesAndDefaultsStay() {
        assertThat(bound(Map.of())).isEqualTo(new AuditProperties(Duration.ofHours(1), DataSize.ofMegabytes(10)));
        assertThat(bound(Map.of("elpis.query.audit.interval", "0s", "elpis.query.audit.rate", "1MB")))
                .isEqualTo(new AuditProperties(Duration.ZERO, DataSize.ofMegabytes(1)));
    }

    @Test
    void aRateIsPositive() {
        assertThatThrownBy(() -> new AuditProperties(Duration.ZERO, DataSize.ofBytes(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static AuditProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("elpis.query.audit", AuditProperties.class);
    }
}
