package io.elpis.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.elpis.auth.account.Account;
import io.elpis.support.identity.IssuedToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.TreeSet;
import java.util.UUID;

/** Makes users' tokens. */
public final class TokenMint {
    private final ECKey key;
    private final String issuer;
    private final Duration life;
    private final Clock clock;

    public TokenMint(ECKey key, String issuer, Duration life, Clock clock) {
        this.key = key;
        this.issuer = issuer;
        this.life = life;
        this.clock = clock;
    }

    public IssuedToken issue(Account account) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(account.name())
                .claim("scope", String.join(" ", new TreeSet<>(account.scopes())))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the signing key cannot sign", e);
        }
        return new IssuedToken(jwt.serialize(), life);
    }
}
