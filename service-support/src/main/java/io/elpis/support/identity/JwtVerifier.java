package io.elpis.support.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a JWT's signature, issuer and times. The key's type decides the algorithm, never the token alone. */
final class JwtVerifier implements TokenVerifier {
    /** How far the clocks of two machines may be apart. Grants no token a longer life: only its start is forgiven. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final int LONGEST = 16 * 1024;

    private final PublicKeys keys;
    private final String issuer;
    private final Clock clock;

    JwtVerifier(PublicKeys keys, String issuer, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public Caller verify(String token) {
        if (token.length() > LONGEST) {
            throw refused("the token is too long");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            checkSignature(jwt);
            return caller(jwt.getJWTClaimsSet(), token);
        } catch (ParseException e) {
            throw refused("the token is not a signed JWT");
        } catch (JOSEException e) {
            throw refused("the token's signature cannot be checked with the key it names");
        }
    }

    private void checkSignature(SignedJWT jwt) throws JOSEException {
        String keyId = jwt.getHeader().getKeyID();
        if (keyId == null) {
            throw refused("the token names no signing key");
        }
        JWK key = keys.key(keyId);
        if (key == null || !jwt.verify(verifierFor(key))) {
            throw refused("the token's signature is not valid");
        }
    }

    private static JWSVerifier verifierFor(JWK key) throws JOSEException {
        return switch (key) {
            case ECKey ec -> new ECDSAVerifier(ec);
            case RSAKey rsa -> new RSASSAVerifier(rsa);
            default -> throw new JOSEException("no signing key: " + key.getKeyType());
        };
    }

    private Caller caller(JWTClaimsSet claims, String token) throws ParseException {
        Instant now = clock.instant();
        Instant expires = instant(claims.getExpirationTime());
        Instant notBefore = instant(claims.getNotBeforeTime());
        if (!issuer.equals(claims.getIssuer())) {
            throw refused("the token was issued by someone else");
        }
        if (expires == null || !now.isBefore(expires)) {
            throw refused("the token has expired");
        }
        if (notBefore != null && now.plus(SKEW).isBefore(notBefore)) {
            throw refused("the token is not valid yet");
        }
        if (claims.getSubject() == null) {
            throw refused("the token names nobody");
        }
        return new Caller(claims.getSubject(), scopes(claims), expires, token);
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    /** Space separated, or a list: Spring Authorization Server writes the latter. */
    private static Set<String> scopes(JWTClaimsSet claims) throws ParseException {
        return switch (claims.getClaim("scope")) {
            case null -> Set.of();
            case String text -> text.isBlank() ? Set.of() : Set.of(text.trim().split("\\s+"));
            default -> Set.copyOf(claims.getStringListClaim("scope"));
        };
    }

    private static ElpisException refused(String reason) {
        return new ElpisException(ErrorCode.UNAUTHENTICATED, reason);
    }
}
