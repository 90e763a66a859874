package io.elpis.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The keys in PostgreSQL. The first instance to start makes one; those that start together agree on it. */
final class SigningKeys {
    /** Any number will do that no other lock in this database has. */
    private static final long FIRST_KEY_LOCK = 0x656c706973L;

    private final JdbcClient db;
    private final TransactionOperations transactions;

    SigningKeys(JdbcClient db, TransactionOperations transactions) {
        this.db = db;
        this.transactions = transactions;
    }

    /** @return newest first; never empty */
    JWKSet load() {
        JWKSet keys = transactions.execute(status -> {
            db.sql("SELECT pg_advisory_xact_lock(:lock)")
                    .param("lock", FIRST_KEY_LOCK)
                    .query((row, number) -> true)
                    .single();
            List<JWK> stored = stored();
            return new JWKSet(stored.isEmpty() ? List.of(first()) : stored);
        });
        return Objects.requireNonNull(keys);
    }

    private List<JWK> stored() {
        List<JWK> keys = new ArrayList<>();
        for (String json : db.sql("SELECT jwk FROM signing_key ORDER BY created_at DESC, key_id")
                .query((row, number) -> row.getString("jwk"))
                .list()) {
            keys.add(parsed(json));
        }
        return keys;
    }

    private JWK first() {
        ECKey key = generated();
        db.sql("INSERT INTO signing_key (key_id, jwk) VALUES (:id, :jwk)")
                .param("id", key.getKeyID())
                .param("jwk", key.toJSONString())
                .update();
        return key;
    }

    private static ECKey generated() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK can make P-256 keys", e);
        }
    }

    private static JWK parsed(String json) {
        try {
            return JWK.parse(json);
        } catch (ParseException e) {
            throw new IllegalStateException("a stored signing key cannot be read", e);
        }
    }
}
