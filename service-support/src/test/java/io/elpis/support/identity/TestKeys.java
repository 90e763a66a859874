package io.elpis.support.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** An auth-service in miniature: signs tokens, publishes its keys, can be away. */
public final class TestKeys implements KeySource {
    private final ECKey ec;
    private final RSAKey rsa;
    private volatile boolean away;
    private volatile int fetches;

    public TestKeys() {
        try {
            ec = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
            rsa = new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public JWKSet fetch() throws IOException {
        synchronized (this) {
            fetches = fetches + 1;
        }
        if (away) {
            throw new IOException("away");
        }
        return new JWKSet(List.of(ec, rsa)).toPublicJWKSet();
    }

    void away(boolean now) {
        away = now;
    }

    int fetches() {
        return fetches;
    }

    public static JWTClaimsSet.Builder claims(Instant expires) {
        return new JWTClaimsSet.Builder()
                .issuer("http://auth-service")
                .subject("alice")
                .claim("scope", "read write")
                .expirationTime(Date.from(expires));
    }

    public String sign(JWTClaimsSet claims) {
        return sign(claims, JWSAlgorithm.ES256);
    }

    String sign(JWTClaimsSet claims, JWSAlgorithm algorithm) {
        boolean elliptic = algorithm.equals(JWSAlgorithm.ES256);
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .keyID(elliptic ? ec.getKeyID() : rsa.getKeyID())
                        .build(),
                claims);
        try {
            jwt.sign(elliptic ? new ECDSASigner(ec) : new RSASSASigner(rsa));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    RSAKey rsa() {
        return rsa;
    }
}
