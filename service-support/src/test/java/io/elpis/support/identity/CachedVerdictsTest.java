package io.elpis.support.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CachedVerdictsTest {
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private int verified;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private Caller judge(String token) {
        verified++;
        if (token.startsWith("bad")) {
            throw new ElpisException(ErrorCode.UNAUTHENTICATED, "bad");
        }
        return new Caller(token, Set.of(), now.plusSeconds(30), token);
    }

    private final CachedVerdicts verdicts = new CachedVerdicts(this::judge, 100, Duration.ofMinutes(10), clock);

    @Test
    void tokenIsVerifiedOnce() {
        for (int i = 0; i < 5; i++) {
            assertThat(verdicts.verify("alice").subject()).isEqualTo("alice");
        }
        assertThat(verified).isEqualTo(1);
        assertThat(verdicts.known("alice")).isNotNull();
        assertThat(verdicts.known("bob")).isNull();
    }

    @Test
    void verdictEndsWithItsToken() {
        verdicts.verify("alice");
        now = now.plusSeconds(30);

        assertThat(verdicts.known("alice")).isNull();
        verdicts.verify("alice");
        assertThat(verified).isEqualTo(2);
    }

    @Test
    void refusalsAreNotKept() {
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(ElpisException.class).isThrownBy(() -> verdicts.verify("bad"));
        }
        assertThat(verified).isEqualTo(3);
    }
}
