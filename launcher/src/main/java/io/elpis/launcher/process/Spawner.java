package io.elpis.launcher.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts processes that outlive this one. */
public final class Spawner {

    /** The shell is replaced by the program, which inherits that both signals of a terminal are ignored. */
    private static final List<String> DETACHED = List.of("/bin/sh", "-c", "trap '' HUP INT; exec \"$@\"", "sh");

    private Spawner() {}

    /** @param output receives standard output and error, emptied first */
    public static ProcessHandle start(List<String> command, Path directory, Path output) throws IOException {
        var line = new ArrayList<>(DETACHED);
        line.addAll(command);
        return new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .toHandle();
    }
}
