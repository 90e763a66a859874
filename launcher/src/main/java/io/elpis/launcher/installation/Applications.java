package io.elpis.launcher.installation;

import io.elpis.launcher.exit.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/**
 * Spring Boot jars taken apart into an application jar and its libraries, which start faster and which the JVM's caches
 * require. A directory is named by the content of its jar, so a new build gets a new one.
 */
public final class Applications {

    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final String LIBRARIES = "lib";

    private final Installation installation;
    private final JarStates states;

    public Applications(Installation installation) {
        this.installation = installation;
        this.states = new JarStates(installation);
    }

    /** The application jar of a Spring Boot module, taken apart at first need. */
    public Path extracted(String module) throws IOException, InterruptedException {
        Path jar = installation.jar(module);
        Path directory = directory().resolve(module + "-" + states.of(jar));
        if (!Files.isDirectory(directory)) {
            extract(jar, directory);
            deleteOthers(module, directory);
        }
        return directory.resolve(jar.getFileName());
    }

    /**
     * A plain module's jar with the libraries beside it, copied so that a build does not pull them away from under what
     * runs.
     */
    public Path copied(String module) throws IOException {
        Path jar = installation.jar(module);
        Path directory = directory().resolve(module + "-" + states.of(jar));
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory());
            Path fresh = Files.createTempDirectory(directory(), ".copying-");
            copy(jar, fresh.resolve(jar.getFileName()));
            Path libraries = Files.createDirectory(fresh.resolve(LIBRARIES));
            try (var files = Files.list(jar.resolveSibling(LIBRARIES))) {
                for (Path file : files.toList()) {
                    copy(file, libraries.resolve(file.getFileName()));
                }
            }
            publish(fresh, directory);
            deleteOthers(module, directory);
        }
        return directory.resolve(jar.getFileName());
    }

    /** With one time for all, as a cache of the JVM fits only a jar with the time that it had. */
    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to);
        Files.setLastModifiedTime(to, FileTime.fromMillis(0));
    }

    private Path directory() {
        return installation.workDirectory().resolve("apps");
    }

    private void extract(Path jar, Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory());
        Path fresh = Files.createTempDirectory(directory(), ".extracting-");
        Path output = fresh.resolveSibling(fresh.getFileName() + ".out");
        Process process = new ProcessBuilder(
                        installation.java().toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        fresh.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new CommandFailure(
                    "cannot take " + jar + " apart: " + Files.readString(output).strip());
        }
        Files.delete(output);
        publish(fresh, directory);
    }

    private static void publish(Path fresh, Path directory) throws IOException {
        try {
            Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another command did the same in the meantime.
            delete(fresh);
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    private void deleteOthers(String module, Path keep) throws IOException {
        try (var entries = Files.list(directory())) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (name.startsWith(module + "-") && !entry.equals(keep)) {
                    delete(entry);
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
