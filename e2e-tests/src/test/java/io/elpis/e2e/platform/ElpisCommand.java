package io.elpis.e2e.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code ./elpis} as a user would and waits for its end. */
public final class ElpisCommand {
    private static final Path SCRIPT = Path.of(System.getProperty("elpis.root", ".."))
            .resolve("elpis")
            .toAbsolutePath()
            .normalize();

    /** Services that have not been told to do with the first compiler anyway. */
    private static final List<String> COMPILED_TWICE = List.of("KAFKA", "INDEX", "QUERY", "AGGREGATOR", "GATEWAY");

    private ElpisCommand() {}

    /** What a command that has ended said. */
    public record Result(int exitCode, String output, String errors) {
        Result orThrow() {
            if (exitCode != 0) {
                throw new IllegalStateException("elpis ended with %d%n%s%n%s".formatted(exitCode, output, errors));
            }
            return this;
        }
    }

    static Result run(Duration limit, Map<String, String> environment, List<String> arguments) {
        return ended(limit, builder(environment, arguments));
    }

    /** What a shell makes of a line in which the command is called somehow. */
    static Result pasted(Duration limit, Path from, String line) {
        return ended(limit, prepared(List.of("/bin/sh", "-c", line)).directory(from.toFile()));
    }

    /** The script as it is called from this directory. */
    static Path calledFrom(Path directory) {
        return directory.toAbsolutePath().relativize(SCRIPT);
    }

    private static Result ended(Duration limit, ProcessBuilder builder) {
        try {
            return endedOrFail(limit, builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + builder.command(), e);
        }
    }

    private static Result endedOrFail(Duration limit, ProcessBuilder builder) throws IOException, InterruptedException {
        Path output = Files.createTempFile("elpis", ".out");
        Path errors = Files.createTempFile("elpis", ".err");
        try {
            Process process = builder.redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("%s did not end within %s%n%s"
                        .formatted(builder.command(), limit, read(output) + read(errors)));
            }
            return new Result(process.exitValue(), read(output), read(errors));
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    static ForegroundRun start(Map<String, String> environment, List<String> arguments) {
        try {
            Path output = Files.createTempFile("elpis", ".out");
            ProcessBuilder builder = builder(environment, arguments)
                    .redirectOutput(output.toFile())
                    .redirectErrorStream(true);
            // As in a terminal: what a shell runs in the background inherits that Ctrl-C is ignored.
            builder.command().addAll(0, List.of("env", "--default-signal=INT"));
            return new ForegroundRun(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder builder(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(SCRIPT.toString());
        command.addAll(arguments);
        ProcessBuilder builder = prepared(command);
        if (!arguments.getFirst().equals("torture")) {
            // A scenario takes some seconds: what the second compiler makes of the code comes too late for it.
            COMPILED_TWICE.forEach(
                    kind -> builder.environment().putIfAbsent("ELPIS_" + kind + "_OPTS", "-XX:TieredStopAtLevel=1"));
        }
        builder.environment().putAll(environment);
        return builder;
    }

    private static ProcessBuilder prepared(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        // The reactor that runs these tests has just built everything.
        builder.environment().put("ELPIS_BUILD", "never");
        return builder;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
