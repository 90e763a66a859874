package io.elpis.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory that holds everything of one platform. */
public record PlatformHome(Path directory) {

    public PlatformHome {
        directory = directory.toAbsolutePath().normalize();
    }

    public boolean exists() {
        return Files.exists(planFile());
    }

    public Path planFile() {
        return directory.resolve("platform.json");
    }

    public Path config(String instance) {
        return directory.resolve("config").resolve(instance + ".properties");
    }

    /** More of the instance's environment, one {@code NAME=value} a line; may be missing. */
    public Path environment(String instance) {
        return directory.resolve("config").resolve(instance + ".env");
    }

    public Path runDirectory() {
        return directory.resolve("run");
    }

    public Path secretsDirectory() {
        return directory.resolve("secrets");
    }

    public Path data(String instance) {
        return directory.resolve("data").resolve(instance);
    }

    public Path logsDirectory() {
        return directory.resolve("logs");
    }

    /** What the instance logs; bounded, the instance itself rolls it. */
    public Path log(String instance) {
        return logsDirectory().resolve(instance + ".log");
    }

    /** What the process writes to its standard output and error since its last start: the JVM's words, mostly. */
    public Path output(String instance) {
        return logsDirectory().resolve(instance + ".out");
    }

    public Path lockFile() {
        return directory.resolve("lock");
    }

    public void create() throws IOException {
        for (String name : new String[] {"config", "run", "secrets", "data", "logs"}) {
            PrivateFiles.createDirectory(directory.resolve(name));
        }
    }
}
