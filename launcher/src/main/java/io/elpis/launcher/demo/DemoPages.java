package io.elpis.launcher.demo;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.installation.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Fetches the javadoc jars of the platform's own larger dependencies as Maven artifacts. */
final class DemoPages {

    private static final Duration DEADLINE = Duration.ofMinutes(10);

    private final Installation installation;

    DemoPages(Installation installation) {
        this.installation = installation;
    }

    /** The jars; those that are there already are not fetched again. */
    List<Path> fetch() throws IOException, InterruptedException {
        Path directory = installation.workDirectory().resolve("demo-pages");
        Path log = installation.workDirectory().resolve("demo-pages.log");
        Files.createDirectories(directory);
        Process maven = new ProcessBuilder(
                        installation.root().resolve("mvnw").toString(),
                        "-B",
                        "-f",
                        installation.root().resolve("launcher/src/demo/pom.xml").toString(),
                        "dependency:copy",
                        "-DoutputDirectory=" + directory)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!maven.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            maven.destroy();
            throw new CommandFailure("fetching the pages took longer than " + DEADLINE.toMinutes() + " minutes");
        }
        if (maven.exitValue() != 0) {
            throw new CommandFailure("the pages could not be fetched; Maven's words are in " + log);
        }
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
