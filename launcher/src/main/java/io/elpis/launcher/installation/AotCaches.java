package io.elpis.launcher.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JVM's ahead-of-time caches, one a kind of process, each named by the state of the jar it was trained with. */
public final class AotCaches {

    private final Path directory;

    public AotCaches(Installation installation) {
        this.directory = installation.workDirectory().resolve("aot");
    }

    public Path file(String kind, Path jar) throws IOException {
        return directory.resolve(kind + "-" + Applications.state(jar) + ".aot");
    }

    public void create() throws IOException {
        Files.createDirectories(directory);
    }

    /** Deletes caches of one kind that belong to former builds. */
    public void deleteOthers(String kind, Path keep) throws IOException {
        try (var entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (name.startsWith(kind + "-") && !entry.equals(keep)) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }
}
