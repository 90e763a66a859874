package io.elpis.auth;

import static io.elpis.auth.RunningAuthService.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.elpis.auth.RunningAuthService.Answer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole service on a real PostgreSQL. */
class AuthServiceTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private static EmbeddedPostgres postgres;
    private static RunningAuthService service;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        service = first("postgres");
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        postgres.close();
    }

    private static RunningAuthService first(String database, String... more) {
        String[] settings = new String[more.length + 2];
        settings[0] = "elpis.auth.admin-password=correct horse";
        settings[1] = "elpis.auth.clients.query-service=battery-staple-battery";
        System.arraycopy(more, 0, settings, 2, more.length);
        return RunningAuthService.start(postgres.getJdbcUrl("postgres", database), settings);
    }

    @Test
    void firstStartCreatesTheAdminWhoseTokenVerifiesWithThePublishedKeys() throws Exception {
        Answer answer = service.tokenFor("admin", "correct horse");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("token_type").stringValue()).isEqualTo("Bearer");
        assertThat(answer.json().get("expires_in").longValue()).isEqualTo(3600);
        assertThat(answer.raw().headers().firstValue("Cache-Control")).hasValue("no-store");
        SignedJWT jwt = SignedJWT.parse(answer.json().get("access_token").stringValue());
        assertThat(verifies(jwt)).isTrue();
        assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo("http://auth-service");
        assertThat(jwt.getJWTClaimsSet().getSubject()).isEqualTo("admin");
        assertThat(jwt.getJWTClaimsSet().getStringClaim("scope")).isEqualTo("manage monitor read security write");
    }

    @Test
    void wrongPasswordsAreRefusedInOpenSearchsShape() throws IOException {
        for (String authorization :
                new String[] {basic("admin", "wrong horse"), basic("nobody", "x"), "Basic !!", "Basic YWRtaW4=", ""}) {
            Answer answer = service.send("POST", "/_elpis/token", authorization, "");

            assertThat(answer.status()).as(authorization).isEqualTo(401);
            assertThat(answer.json().at("/error/type").stringValue()).isEqualTo("security_exception");
            assertThat(answer.json().at("/error/root_cause/0/type").stringValue())
                    .isEqualTo("security_exception");
            assertThat(answer.raw().headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"elpis\"");
        }
    }

    @Test
    void publishesNoPrivateKey() throws IOException {
        Answer answer = service.send("GET", "/oauth2/jwks", "", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/keys/0").propertyNames())
                .contains("kid", "x", "y")
                .doesNotContain("d");
    }

    @Test
    void serviceGetsItsOwnTokenByClientCredentials() throws Exception {
        Answer answer = service.send(
                "POST",
                "/oauth2/token",
                basic("query-service", "battery-staple-battery"),
                FORM,
                "grant_type=client_credentials");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        SignedJWT jwt = SignedJWT.parse(answer.json().get("access_token").stringValue());
        assertThat(verifies(jwt)).isTrue();
        assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo("http://auth-service");
        assertThat(jwt.getJWTClaimsSet().getSubject()).isEqualTo("query-service");
        assertThat(jwt.getJWTClaimsSet().getStringClaim("scope").split(" "))
                .containsExactlyInAnyOrder("internal", "monitor");
    }

    @Test
    void unknownServiceAndUnknownScopeAreRefused() throws IOException {
        assertThat(service.send(
                                "POST",
                                "/oauth2/token",
                                basic("query-service", "guess"),
                                FORM,
                                "grant_type=client_credentials")
                        .status())
                .isEqualTo(401);
        assertThat(service.send(
                                "POST",
                                "/oauth2/token",
                                basic("query-service", "battery-staple-battery"),
                                FORM,
                                "grant_type=client_credentials&scope=manage")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void userIsCreatedChangedAndDeletedByAManager() throws IOException {
        String admin = service.bearer("admin", "correct horse");

        Answer created =
                service.send("PUT", "/_elpis/users/eve", admin, "{\"password\":\"long enough\",\"scopes\":[\"read\"]}");
        assertThat(created.status()).isEqualTo(201);
        String eve = service.bearer("eve", "long enough");
        assertThat(service.send("GET", "/_elpis/users/eve", eve, "").status()).isEqualTo(403);
        assertThat(service.send("PUT", "/_elpis/users/eve", admin, "{\"scopes\":[\"write\",\"read\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(service.send("GET", "/_elpis/users/eve", admin, "")
                        .json()
                        .at("/scopes")
                        .toString())
                .isEqualTo("[\"read\",\"write\"]");
        assertThat(service.tokenFor("eve", "long enough").status()).isEqualTo(200);
        assertThat(service.send("DELETE", "/_elpis/users/eve", admin, "").status())
                .isEqualTo(200);
        assertThat(service.tokenFor("eve", "long enough").status()).isEqualTo(401);
        assertThat(service.send("DELETE", "/_elpis/users/eve", admin, "").status())
                .isEqualTo(404);
    }

    @Test
    void whoManagesIndicesDoesNotAdministerUsers() throws IOException {
        String admin = service.bearer("admin", "correct horse");
        service.send(
                "PUT",
                "/_elpis/users/keeper",
                admin,
                "{\"password\":\"long enough\",\"scopes\":[\"read\",\"write\",\"manage\",\"monitor\"]}");
        String keeper = service.bearer("keeper", "long enough");

        assertThat(service.send("PUT", "/_elpis/users/admin", keeper, "{\"password\":\"taken over\"}")
                        .status())
                .isEqualTo(403);
        assertThat(service.send("GET", "/_elpis/users", keeper, "").status()).isEqualTo(403);
        assertThat(service.send("DELETE", "/_elpis/users/keeper", admin, "").status())
                .isEqualTo(200);
    }

    @Test
    void badUserRequestsAreTheCallersFault() throws IOException {
        String admin = service.bearer("admin", "correct horse");
        for (String body : new String[] {
            "",
            "[]",
            "{\"password\":\"long enough\",\"scopes\":[\"root\"]}",
            "{\"password\":\"short\"}",
            "{\"password\":\"" + "x".repeat(73) + "\"}",
            "{\"password\":7}",
            "{\"scopes\":[\"read\"]}",
            "{\"passwort\":\"long enough\"}",
            "{\"password\":\"long enough\",",
        }) {
            Answer answer = service.send("PUT", "/_elpis/users/mallory", admin, body);

            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.json().at("/error/reason").stringValue()).isNotBlank();
        }
        Answer broken = service.send("PUT", "/_elpis/users/mallory", admin, "{\"password\":\n oops}");
        assertThat(broken.json().at("/error/line").intValue()).isEqualTo(2);
        assertThat(service.send("PUT", "/_elpis/users/a%2Fb", admin, "{}").status())
                .isEqualTo(400);
        assertThat(service.send("POST", "/_elpis/users/eve", admin, "{}").status())
                .isEqualTo(405);
        assertThat(service.send("GET", "/_elpis/nothing", admin, "").status()).isEqualTo(400);
    }

    @Test
    void whatTomcatRefusesIsJsonToo() throws IOException {
        try (Socket socket = new Socket(service.base().getHost(), service.base().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("400")
                    .contains("illegal_argument_exception")
                    .doesNotContain("<html");
        }
    }

    @Test
    void somebodyStaysInCharge() throws IOException {
        String admin = service.bearer("admin", "correct horse");

        assertThat(service.send("DELETE", "/_elpis/users/admin", admin, "").status())
                .isEqualTo(400);
        assertThat(service.send("PUT", "/_elpis/users/admin", admin, "{\"scopes\":[]}")
                        .status())
                .isEqualTo(400);
        assertThat(service.tokenFor("admin", "correct horse").status()).isEqualTo(200);
    }

    @Test
    void actuatorIsClosedButForHealth() throws IOException {
        assertThat(service.send("GET", "/actuator/info", "", "").status()).isEqualTo(401);
        String admin = service.bearer("admin", "correct horse");
        assertThat(service.send("GET", "/actuator/info", admin, "")
                        .json()
                        .at("/build/version")
                        .stringValue())
                .isNotBlank();
        assertThat(service.send("GET", "/actuator/prometheus", admin, "").body())
                .contains("jvm_memory_used_bytes");
        // A token was verified, so the keys are known, which is part of being ready.
        assertThat(service.send("GET", "/actuator/health/readiness", "", "").status())
                .isEqualTo(200);
    }

    @Test
    void keysAndAdminSurviveARestartAndAreSharedByInstances() throws Exception {
        database("restarted");
        String token;
        try (RunningAuthService before = first("restarted")) {
            token = before.tokenFor("admin", "correct horse")
                    .json()
                    .get("access_token")
                    .stringValue();
        }
        try (RunningAuthService after = first("restarted", "elpis.auth.admin-password=another horse");
                RunningAuthService sister = first("restarted")) {
            assertThat(after.send("GET", "/_elpis/users", "Bearer " + token, "").status())
                    .isEqualTo(200);
            assertThat(sister.send("GET", "/_elpis/users", "Bearer " + token, "")
                            .status())
                    .isEqualTo(200);
            assertThat(after.tokenFor("admin", "correct horse").status()).isEqualTo(200);
            assertThat(after.tokenFor("admin", "another horse").status()).isEqualTo(401);
        }
    }

    @Test
    void whoAdministeredUsersBeforeStillDoes() throws Exception {
        database("older");
        Flyway.configure()
                .dataSource(postgres.getJdbcUrl("postgres", "older"), "postgres", "postgres")
                .target("1")
                .load()
                .migrate();
        try (Connection connection =
                        DriverManager.getConnection(postgres.getJdbcUrl("postgres", "older"), "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO account (name, password_hash, scopes) VALUES"
                    + " ('admin', '{noop}correct horse', 'manage monitor read write'),"
                    + " ('keeper', '{noop}long enough', 'manage read')");
        }
        try (RunningAuthService newer = first("older")) {
            String admin = newer.bearer("admin", "correct horse");
            assertThat(newer.send("GET", "/_elpis/users", admin, "").status()).isEqualTo(200);
            String keeper = newer.bearer("keeper", "long enough");
            assertThat(newer.send("GET", "/_elpis/users", keeper, "").status()).isEqualTo(403);
        }
    }

    @Test
    void firstStartWithoutAdminPasswordFails() throws SQLException {
        database("nobody");

        assertThatThrownBy(() -> RunningAuthService.start(postgres.getJdbcUrl("postgres", "nobody"))
                        .close())
                .hasMessageContaining("elpis.auth.admin-password");
    }

    private static boolean verifies(SignedJWT jwt) throws Exception {
        JWKSet keys = JWKSet.parse(service.send("GET", "/oauth2/jwks", "", "").body());
        JWK key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
        return jwt.verify(new ECDSAVerifier(key.toECKey()));
    }

    private static void database(String name) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
    }
}
