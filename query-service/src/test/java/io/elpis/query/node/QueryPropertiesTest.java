package io.elpis.query.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

final class QueryPropertiesTest {
    @Test
    void namesAndDefaultsStay() {
        assertThat(bound(Map.of()))
                .isEqualTo(new QueryProperties(
                        1,
                        0,
                        0,
                        1000,
                        DataSize.ofMegabytes(32),
                        DataSize.ofMegabytes(4),
                        1000,
                        Duration.ofSeconds(30),
                        DataSize.ofMegabytes(64),
                        Duration.ofSeconds(30),
                        Duration.ofMillis(200),
                        5000,
                        Duration.ofSeconds(30),
                        100,
                        Duration.ofMinutes(2),
                        DataSize.ofMegabytes(32)));
        QueryProperties set = bound(Map.of(
                "elpis.query.consumers", "2",
                "elpis.query.search-threads", "3",
                "elpis.query.commit-interval", "5s",
                "elpis.query.commit-size", "1MB",
                "elpis.query.idle-after", "1s",
                "elpis.query.lease-life", "9s",
                "elpis.query.scan-life", "8s",
                "elpis.query.answer-limit", "2MB"));
        assertThat(set.consumers()).isEqualTo(2);
        assertThat(set.searchThreadCount()).isEqualTo(3);
        assertThat(set.commitInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(set.commitSize()).isEqualTo(DataSize.ofMegabytes(1));
        assertThat(set.idleAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(set.answerLimit()).isEqualTo(DataSize.ofMegabytes(2));
        assertThat(set.leaseLife()).isEqualTo(Duration.ofSeconds(9));
        assertThat(set.scanLife()).isEqualTo(Duration.ofSeconds(8));
    }

    private static QueryProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("elpis.query", QueryProperties.class);
    }
}
