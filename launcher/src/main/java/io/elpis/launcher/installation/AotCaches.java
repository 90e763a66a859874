package io.elpis.launcher.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM's ahead-of-time caches, one a kind of process, each named by the content of the jar it was trained with: the JVM
 * itself looks at sizes and times alone, which a new build may leave as they were. A cache gets its name only once it is
 * whole.
 */
public final class AotCaches {

    private static final String FRESH = ".new";

    /** The JVM keeps its notes under this name until the cache is whole. */
    private static final String NOTES = ".config";

    private final Path directory;
    private final JarStates states;

    public AotCaches(Installation installation) {
        this.directory = installation.workDirectory().resolve("aot");
        this.states = new JarStates(installation);
    }

    /** @param jar the jar as the build made it */
    Path file(String kind, Path jar) throws IOException {
        return directory.resolve(kind + "-" + states.of(jar) + ".aot");
    }

    /** Where a training run writes a cache to. */
    Path fresh(String kind, Path jar) throws IOException {
        Path file = file(kind, jar);
        return file.resolveSibling(file.getFileName() + FRESH);
    }

    /** Forgets all caches, those of former builds too. */
    public void clear() throws IOException {
        Files.createDirectories(directory);
        for (Path file : files()) {
            Files.deleteIfExists(file);
        }
    }

    /** To be called when all training runs have ended. */
    public List<String> publish() throws IOException {
        var published = new ArrayList<String>();
        List<Path> files = files();
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(FRESH)) {
                boolean whole = Files.size(file) > 0 && !files.contains(file.resolveSibling(name + NOTES));
                if (whole) {
                    String finished = name.substring(0, name.length() - FRESH.length());
                    Files.move(file, file.resolveSibling(finished), StandardCopyOption.ATOMIC_MOVE);
                    published.add(finished);
                } else {
                    Files.delete(file);
                }
            } else if (name.endsWith(FRESH + NOTES)) {
                Files.delete(file);
            }
        }
        return published;
    }

    private List<Path> files() throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.filter(entry -> entry.getFileName().toString().contains("-"))
                    .sorted()
                    .toList();
        }
    }
}
