package io.elpis.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elpis.local.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {

    private static final String PASSWORD = "it's a secret";

    @TempDir
    Path directory;

    private int port;

    @BeforeEach
    void choosePort() throws IOException {
        port = LocalProcess.freePort();
    }

    @Test
    void dataSurvivesKillsOfHostAndServer() throws Exception {
        try (var server = start()) {
            ready(server);
            execute("CREATE TABLE t (n INT)");
            execute("INSERT INTO t VALUES (1)");
            // The host alone: its server is left over, and still holds the directory for a moment.
            server.kill();
        }
        try (var server = start()) {
            ready(server);
            execute("INSERT INTO t VALUES (2)");
            server.killWithChildren();
        }
        try (var server = start()) {
            ready(server);
            assertThat(count("SELECT count(*) FROM t")).isEqualTo(2);
            assertThat(server.stop()).isNotEqualTo(137);
        }
        assertThat(cluster().resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void serverEndsSoonAfterItsHostWasKilled() throws Exception {
        try (var server = start()) {
            ready(server);
            server.kill();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !Files.exists(cluster().resolve("postmaster.pid")));
        }
    }

    @Test
    void markOfAnotherLivingProcessDoesNotStopTheStart() throws Exception {
        try (var server = start()) {
            ready(server);
            server.stop();
        }
        Files.writeString(
                cluster().resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + cluster() + "\n");
        try (var server = start()) {
            ready(server);
        }
    }

    @Test
    void wrongPasswordIsRefused() throws Exception {
        try (var server = start()) {
            ready(server);
            assertThatThrownBy(() -> connect("elpis", "wrong")).hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> connect("postgres", "")).isInstanceOf(SQLException.class);
        }
    }

    private LocalProcess start() throws IOException {
        return LocalProcess.start(
                PostgresServer.class,
                directory,
                Map.of(
                        "elpis.data-dir",
                        directory.resolve("postgres-1").toString(),
                        "elpis.log-file",
                        directory.resolve("postgres-1.log").toString(),
                        "postgres.port",
                        Integer.toString(port),
                        "postgres.binaries-dir",
                        Path.of("target", "test-postgres").toAbsolutePath().toString(),
                        "postgres.user",
                        "elpis",
                        "postgres.password",
                        PASSWORD,
                        "postgres.admin-password",
                        "for admins",
                        "postgres.databases",
                        "elpis_catalog,elpis_auth"));
    }

    private Path cluster() {
        return directory.resolve("postgres-1").resolve("cluster");
    }

    private void ready(LocalProcess server) {
        await().atMost(Duration.ofSeconds(90))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> {
                    assertThat(server.alive()).as("server process").isTrue();
                    connect("elpis", PASSWORD).close();
                    return true;
                });
    }

    private Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/elpis_catalog?connectTimeout=5", user, password);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = connect("elpis", PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count(String sql) throws SQLException {
        try (var connection = connect("elpis", PASSWORD);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
