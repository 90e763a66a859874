package io.elpis.launcher.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts processes that outlive this one. */
public final class Spawner {

    /** The shell is replaced by the program, which inherits that both signals of a terminal are ignored. */
    private static final List<String> DETACHED = List.of("/bin/sh", "-c", "trap '' HUP INT; exec \"$@\"", "sh");

    private Spawner() {}

    /** As {@link #start(List, Path, Path, Map)} with the environment of this process. */
    public static ProcessHandle start(List<String> command, Path directory, Path output) throws IOException {
        return start(command, directory, output, Map.of());
    }

    /**
     * @param output receives standard output and error, emptied first
     * @param environment comes on top of this process's own
     */
    public static ProcessHandle start(
            List<String> command, Path directory, Path output, Map<String, String> environment) throws IOException {
        var line = new ArrayList<>(DETACHED);
        line.addAll(command);
        var builder = new ProcessBuilder(line);
        builder.environment().putAll(environment);
        return builder.directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .toHandle();
    }
}
