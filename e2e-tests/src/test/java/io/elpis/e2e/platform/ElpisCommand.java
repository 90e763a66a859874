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
final class ElpisCommand {
    private static final Path ROOT = Path.of(System.getProperty("elpis.root", ".."));

    /** Services that have not been told to do with the first compiler anyway. */
    private static final List<String> COMPILED_TWICE = List.of("KAFKA", "INDEX", "QUERY", "AGGREGATOR", "GATEWAY");

    private ElpisCommand() {}

    record Result(int exitCode, String output, String errors) {
        Result orThrow() {
            if (exitCode != 0) {
                throw new IllegalStateException("elpis ended with %d%n%s%n%s".formatted(exitCode, output, errors));
            }
            return this;
        }
    }

    static Result run(Duration limit, Map<String, String> environment, List<String> arguments) {
        try {
            return runOrFail(limit, environment, arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for elpis " + arguments, e);
        }
    }

    private static Result runOrFail(Duration limit, Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("elpis", ".out");
        Path errors = Files.createTempFile("elpis", ".err");
        try {
            Process process = builder(environment, arguments, output)
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "elpis %s did not end within %s%n%s".formatted(arguments, limit, read(output) + read(errors)));
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
            ProcessBuilder builder = builder(environment, arguments, output).redirectErrorStream(true);
            // As in a terminal: what a shell runs in the background inherits that Ctrl-C is ignored.
            builder.command().addAll(0, List.of("env", "--default-signal=INT"));
            return new ForegroundRun(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder builder(Map<String, String> environment, List<String> arguments, Path output) {
        List<String> command = new ArrayList<>();
        command.add(ROOT.resolve("elpis").toAbsolutePath().normalize().toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        if (!arguments.getFirst().equals("torture")) {
            // A scenario takes some seconds: what the second compiler makes of the code comes too late for it.
            COMPILED_TWICE.forEach(
                    kind -> builder.environment().putIfAbsent("ELPIS_" + kind + "_OPTS", "-XX:TieredStopAtLevel=1"));
        }
        // The reactor that runs these tests has just built everything.
        builder.environment().put("ELPIS_BUILD", "never");
        builder.environment().putAll(environment);
        return builder;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
