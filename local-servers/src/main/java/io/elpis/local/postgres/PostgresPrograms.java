package io.elpis.local.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Builds and runs command lines of PostgreSQL's programs, which refuse to run as root. */
final class PostgresPrograms {

    private static final Duration DEADLINE = Duration.ofSeconds(120);

    private final PostgresBinaries binaries;
    private final boolean root;

    PostgresPrograms(PostgresBinaries binaries, boolean root) {
        this.binaries = binaries;
        this.root = root;
    }

    static boolean runningAsRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** For root, in a user namespace of its own: the program then sees an unprivileged user that owns the files. */
    ProcessBuilder command(String program, List<String> arguments) {
        var line = new ArrayList<String>();
        if (root) {
            line.addAll(List.of("unshare", "--user"));
        }
        line.add(binaries.program(program).toString());
        line.addAll(arguments);
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(Map.of("LC_ALL", "C", "TZ", "UTC"));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        return builder;
    }

    /** Runs a program to its end, feeding it {@code input}. */
    void run(String program, List<String> arguments, String input) throws IOException, InterruptedException {
        Path output = Files.createTempFile("elpis-" + program, ".out");
        try {
            Process process =
                    command(program, arguments).redirectOutput(output.toFile()).start();
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(input);
            }
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end within " + DEADLINE.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(program + " failed with exit code " + process.exitValue() + ": "
                        + Files.readString(output).strip());
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
