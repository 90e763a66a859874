package io.elpis.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/** Makes a cluster with its role and databases in one step: it is there whole, or not at all. */
final class NewCluster {

    private final PostgresSettings settings;
    private final PostgresPrograms programs;

    NewCluster(PostgresSettings settings, PostgresPrograms programs) {
        this.settings = settings;
        this.programs = programs;
    }

    void createIfMissing() throws IOException, InterruptedException {
        if (Files.exists(settings.cluster())) {
            return;
        }
        Path fresh = settings.directory().resolve("cluster.new");
        Directories.delete(fresh);
        Files.createDirectories(settings.directory());
        initialise(fresh);
        Files.writeString(fresh.resolve("postgresql.auto.conf"), CONFIGURATION);
        programs.run("postgres", List.of("--single", "-D", fresh.toString(), "postgres"), statements());
        Files.move(fresh, settings.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Every connection has to know a password, those from this machine too. */
    private void initialise(Path fresh) throws IOException, InterruptedException {
        Path password = Files.createTempFile(
                settings.directory(),
                "admin",
                ".password",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(password, settings.adminPassword() + "\n");
            programs.run(
                    "initdb",
                    List.of(
                            "--pgdata=" + fresh,
                            "--username=postgres",
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--no-instructions"),
                    "");
        } finally {
            Files.delete(password);
        }
    }

    /** One statement a line, which is how the single-user server reads them. */
    private String statements() {
        String role = "CREATE ROLE " + settings.user() + " LOGIN PASSWORD '"
                + settings.password().replace("'", "''") + "'\n";
        return settings.databases().stream()
                .map(name -> "CREATE DATABASE " + name + " OWNER " + settings.user() + "\n")
                .collect(Collectors.joining("", role, ""));
    }

    private static final String CONFIGURATION = """
            unix_socket_directories = ''
            listen_addresses = '127.0.0.1'
            shared_buffers = 32MB
            max_connections = 60
            max_wal_size = 256MB
            min_wal_size = 32MB
            wal_level = minimal
            max_wal_senders = 0
            jit = off
            log_min_messages = warning
            log_line_prefix = '%m [%p] %u@%d '
            """;
}
