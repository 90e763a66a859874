package io.elpis.launcher.advice;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Command lines to be pasted into a shell: they work from where the user stands who called the {@code elpis} script. */
public final class Advice {

    private Advice() {}

    /**
     * A line that means this platform.
     *
     * @param directory the platform's; named in the line unless it is the one that is meant anyway
     * @param words what follows the program's name
     */
    public static String line(Path directory, String... words) {
        var all = new ArrayList<>(List.of(words));
        if (!usual(directory)) {
            all.addAll(List.of("--data", directory.toAbsolutePath().normalize().toString()));
        }
        return line(all);
    }

    /** A line of just these words. */
    public static String line(List<String> words) {
        return quoted(program())
                + words.stream().map(word -> " " + quoted(word)).collect(Collectors.joining());
    }

    /** As the script says that it was called. */
    private static String program() {
        return System.getProperty("elpis.command", "./elpis");
    }

    private static boolean usual(Path directory) {
        String root = System.getProperty("elpis.root");
        return root != null
                && Path.of(root)
                        .toAbsolutePath()
                        .normalize()
                        .resolve(".elpis")
                        .equals(directory.toAbsolutePath().normalize());
    }

    /** So that a shell takes it as one word. */
    private static String quoted(String word) {
        return word.matches("[\\w./+:@,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
