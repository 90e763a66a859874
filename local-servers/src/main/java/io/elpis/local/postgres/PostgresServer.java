package io.elpis.local.postgres;

import io.elpis.local.InstanceFile;
import io.elpis.local.log.BoundedLog;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one PostgreSQL as a child of this process and shares its fate: SIGTERM stops the server (fast shutdown: open
 * transactions are rolled back), and when the server ends, so does this process, with the same exit code.
 */
public final class PostgresServer {

    private static final long LOG_LIMIT = 10L << 20;
    private static final long STOP_SECONDS = 30;

    private final PostgresPrograms programs;
    private final Process server;

    private PostgresServer(PostgresPrograms programs, Process server) {
        this.programs = programs;
        this.server = server;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var settings = PostgresSettings.of(InstanceFile.fromArguments(arguments));
        var binaries = PostgresBinaries.unpackedIn(settings.binaries());
        var programs = new PostgresPrograms(binaries, PostgresPrograms.runningAsRoot());
        new NewCluster(settings, programs).createIfMissing();
        new Leftover(settings.cluster(), programs).clear();
        try (var log = new BoundedLog(settings.logFile(), LOG_LIMIT)) {
            System.exit(start(settings, programs).serve(log));
        }
    }

    private static PostgresServer start(PostgresSettings settings, PostgresPrograms programs) throws IOException {
        Process process = programs.command(
                        "postgres",
                        List.of("-D", settings.cluster().toString(), "-p", Integer.toString(settings.port())))
                .start();
        return new PostgresServer(programs, process);
    }

    private int serve(BoundedLog log) throws IOException, InterruptedException {
        try (var guard = Guard.over(server);
                var lines = server.inputReader()) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.line(line);
            }
            return server.waitFor();
        }
    }

    private void stop() {
        if (!server.isAlive()) {
            return;
        }
        try {
            programs.run("pg_ctl", List.of("kill", "INT", Long.toString(server.pid())), "");
            if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                // SIGQUIT: ends at once, and the next start replays the write-ahead log.
                programs.run("pg_ctl", List.of("kill", "QUIT", Long.toString(server.pid())), "");
            }
        } catch (IOException e) {
            server.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
