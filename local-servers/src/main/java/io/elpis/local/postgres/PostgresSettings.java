package io.elpis.local.postgres;

import io.elpis.local.InstanceFile;
import java.nio.file.Path;
import java.util.List;

/**
 * What the PostgreSQL of a local platform is told.
 *
 * @param directory holds the cluster in {@code cluster/}
 * @param user the login role that owns the databases
 * @param adminPassword the superuser's, role {@code postgres}
 */
record PostgresSettings(
        int port,
        Path directory,
        Path binaries,
        Path logFile,
        String user,
        String password,
        String adminPassword,
        List<String> databases) {

    private static final String PLAIN_NAME = "[a-z_][a-z0-9_]*";

    PostgresSettings {
        databases = List.copyOf(databases);
        databases.forEach(PostgresSettings::requirePlain);
        requirePlain(user);
    }

    static PostgresSettings of(InstanceFile file) {
        return new PostgresSettings(
                file.number("postgres.port"),
                file.directory("elpis.data-dir"),
                file.directory("postgres.binaries-dir"),
                file.directory("elpis.log-file"),
                file.text("postgres.user"),
                file.text("postgres.password"),
                file.text("postgres.admin-password"),
                List.of(file.text("postgres.databases").split(",")));
    }

    Path cluster() {
        return directory.resolve("cluster");
    }

    /** Names are pasted into SQL when the cluster is made. */
    private static void requirePlain(String name) {
        if (!name.matches(PLAIN_NAME)) {
            throw new IllegalArgumentException(name + " is no plain lower-case name");
        }
    }
}
