package io.elpis.auth.client;

import io.elpis.support.identity.Scopes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The services that may have tokens of their own; what the settings name is put into PostgreSQL at start. */
public class ServiceClients implements RegisteredClientRepository {
    private static final String SCOPES = Scopes.INTERNAL + " " + Scopes.MONITOR;

    private final JdbcClient db;
    private final Duration tokenLife;

    public ServiceClients(JdbcClient db, Duration tokenLife) {
        this.db = db;
        this.tokenLife = tokenLife;
    }

    public void register(Map<String, String> secrets) {
        secrets.forEach((clientId, secret) -> db.sql("""
                        INSERT INTO service_client (client_id, secret_hash, scopes) VALUES (:id, :hash, :scopes)
                        ON CONFLICT (client_id) DO UPDATE
                        SET secret_hash = excluded.secret_hash, scopes = excluded.scopes, changed_at = now()""")
                .param("id", clientId)
                .param("hash", SecretHash.hash(secret))
                .param("scopes", SCOPES)
                .update());
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        return db.sql("SELECT * FROM service_client WHERE client_id = :id")
                .param("id", clientId)
                .query(this::client)
                .optional()
                .orElse(null);
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("clients come from the settings");
    }

    private RegisteredClient client(ResultSet row, int number) throws SQLException {
        String clientId = row.getString("client_id");
        RegisteredClient.Builder client = RegisteredClient.withId(clientId)
                .clientId(clientId)
                .clientSecret(row.getString("secret_hash"))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenSettings(
                        TokenSettings.builder().accessTokenTimeToLive(tokenLife).build());
        for (String scope : row.getString("scopes").split(" ")) {
            client.scope(scope);
        }
        return client.build();
    }
}
