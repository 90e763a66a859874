package io.elpis.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a killed predecessor left in the cluster's directory: a server that still runs, or the mark of one that does
 * not.
 */
final class Leftover {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Path cluster;
    private final PostgresPrograms programs;

    Leftover(Path cluster, PostgresPrograms programs) {
        this.cluster = cluster;
        this.programs = programs;
    }

    /** Ends a server that still holds the cluster, and removes a mark that names a process which is none. */
    void clear() throws IOException, InterruptedException {
        Path mark = cluster.resolve("postmaster.pid");
        if (!Files.exists(mark)) {
            return;
        }
        Optional<ProcessHandle> server = server(mark);
        if (server.isPresent()) {
            stop(server.get());
        } else {
            // The number may be another process's by now, at which PostgreSQL would refuse to start.
            Files.deleteIfExists(mark);
        }
    }

    private Optional<ProcessHandle> server(Path mark) throws IOException {
        List<String> lines = Files.readAllLines(mark);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d+")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(this::servesCluster);
    }

    private boolean servesCluster(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .arguments()
                        .map(arguments -> List.of(arguments).contains(cluster.toString()))
                        .orElse(false);
    }

    private void stop(ProcessHandle server) throws IOException, InterruptedException {
        programs.run("pg_ctl", List.of("kill", "INT", Long.toString(server.pid())), "");
        try {
            server.onExit().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("process " + server.pid() + " still holds " + cluster, e);
        }
    }
}
