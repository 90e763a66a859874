package io.elpis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.auth.account.AccountProperties;
import io.elpis.auth.client.ClientProperties;
import io.elpis.auth.token.TokenProperties;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {
    private static <T> T bound(Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("elpis.auth", type);
    }

    @Test
    void defaults() {
        assertThat(bound(AccountProperties.class, Map.of()))
                .isEqualTo(new AccountProperties("admin", null, 2, 32, Duration.ofSeconds(2)));
        assertThat(bound(ClientProperties.class, Map.of())).isEqualTo(new ClientProperties(Map.of()));
        assertThat(bound(TokenProperties.class, Map.of())).isEqualTo(new TokenProperties(Duration.ofHours(1)));
    }

    @Test
    void names() {
        assertThat(bound(
                        AccountProperties.class,
                        Map.of(
                                "elpis.auth.admin-name", "root",
                                "elpis.auth.admin-password", "p",
                                "elpis.auth.password-checks", "3",
                                "elpis.auth.password-queue", "5",
                                "elpis.auth.password-wait", "4s")))
                .isEqualTo(new AccountProperties("root", "p", 3, 5, Duration.ofSeconds(4)));
        assertThat(bound(ClientProperties.class, Map.of("elpis.auth.clients.query-service", "s")))
                .isEqualTo(new ClientProperties(Map.of("query-service", "s")));
        assertThat(bound(TokenProperties.class, Map.of("elpis.auth.token-life", "5m")))
                .isEqualTo(new TokenProperties(Duration.ofMinutes(5)));
    }

    @Test
    void secretsAreNotShown() {
        assertThat(new AccountProperties("admin", "hidden", 2, 32, Duration.ofSeconds(2)).toString())
                .doesNotContain("hidden");
        assertThat(new ClientProperties(Map.of("a", "hidden")).toString()).doesNotContain("hidden");
    }

    @Test
    void nonsenseStopsTheStart() {
        assertThatThrownBy(() -> bound(TokenProperties.class, Map.of("elpis.auth.token-life", "1s")))
                .rootCause()
                .hasMessageContaining("token-life");
        assertThatThrownBy(() -> bound(ClientProperties.class, Map.of("elpis.auth.clients.x", " ")))
                .rootCause()
                .hasMessageContaining("clients.x");
    }
}
