package io.elpis.support.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class JwtVerifierTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final TestKeys keys = new TestKeys();
    private final AtomicLong nanos = new AtomicLong();
    private final PublicKeys published =
            new PublicKeys(keys, Duration.ofMinutes(5), Duration.ofSeconds(1), Runnable::run, nanos::get);
    private final JwtVerifier verifier =
            new JwtVerifier(published, "http://auth-service", Clock.fixed(NOW, ZoneOffset.UTC));

    private void refuses(String token) {
        assertThatExceptionOfType(ElpisException.class)
                .isThrownBy(() -> verifier.verify(token))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
    }

    @Test
    void goodTokenTellsItsCaller() {
        String token = keys.sign(TestKeys.claims(NOW.plusSeconds(60)).build());

        Caller caller = verifier.verify(token);

        assertThat(caller.subject()).isEqualTo("alice");
        assertThat(caller.scopes()).containsExactlyInAnyOrder("read", "write");
        assertThat(caller.expiresAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(caller.token()).isEqualTo(token);
        assertThat(caller.toString()).doesNotContain(token);
    }

    @Test
    void rsaKeysAndScopeListsAreUnderstoodToo() {
        var claims = TestKeys.claims(NOW.plusSeconds(60)).claim("scope", List.of("internal"));

        assertThat(verifier.verify(keys.sign(claims.build(), JWSAlgorithm.RS256))
                        .scopes())
                .containsExactly("internal");
    }

    @Test
    void wrongIssuerTimesAndSubjectAreRefused() {
        refuses(keys.sign(TestKeys.claims(NOW).build()));
        refuses(keys.sign(
                TestKeys.claims(NOW.plusSeconds(9)).issuer("http://else").build()));
        refuses(keys.sign(TestKeys.claims(NOW.plusSeconds(9)).subject(null).build()));
        refuses(keys.sign(TestKeys.claims(NOW.plusSeconds(900))
                .notBeforeTime(Date.from(NOW.plusSeconds(301)))
                .build()));
        refuses(keys.sign(
                TestKeys.claims(NOW.plusSeconds(9)).expirationTime(null).build()));
    }

    @Test
    void clocksMayBeFiveMinutesApart() {
        String early = keys.sign(TestKeys.claims(NOW.plusSeconds(900))
                .notBeforeTime(Date.from(NOW.plusSeconds(299)))
                .build());
        assertThat(verifier.verify(early).subject()).isNotEmpty();
    }

    @Test
    void foreignForgedAndUnsignedTokensAreRefused() throws Exception {
        var claims = TestKeys.claims(NOW.plusSeconds(60)).build();
        refuses(new TestKeys().sign(claims));
        refuses(new PlainJWT(claims).serialize());
        String good = keys.sign(claims);
        refuses(good.substring(0, good.length() - 4) + "AAAA");
        refuses("x");
        refuses("");
        refuses("a".repeat(20_000));
        // The public key as an HMAC secret: the token must not get to choose the algorithm.
        SignedJWT confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(keys.rsa().getKeyID())
                        .build(),
                claims);
        confused.sign(new MACSigner(keys.rsa().toRSAPublicKey().getEncoded()));
        refuses(confused.serialize());
    }

    @Test
    void unknownKeysAreAskedForOncePerInterval() {
        String foreign =
                new TestKeys().sign(TestKeys.claims(NOW.plusSeconds(60)).build());
        for (int i = 0; i < 10; i++) {
            refuses(foreign);
        }
        assertThat(keys.fetches()).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        refuses(foreign);
        assertThat(keys.fetches()).isEqualTo(2);
    }

    @Test
    void knownKeysServeOnWhileAuthServiceIsAway() {
        String token = keys.sign(TestKeys.claims(NOW.plusSeconds(60)).build());
        verifier.verify(token);
        keys.away(true);
        nanos.addAndGet(Duration.ofHours(2).toNanos());

        assertThat(verifier.verify(token).subject()).isEqualTo("alice");
        assertThat(verifier.verify(token).subject()).isEqualTo("alice");
    }

    @Test
    void beforeTheFirstKeysNothingCanBeTold() {
        keys.away(true);
        String token = keys.sign(TestKeys.claims(NOW.plusSeconds(60)).build());

        assertThatExceptionOfType(ElpisException.class)
                .isThrownBy(() -> verifier.verify(token))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
        keys.away(false);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(verifier.verify(token).subject()).isEqualTo("alice");
    }
}
