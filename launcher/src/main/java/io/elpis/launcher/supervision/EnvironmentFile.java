package io.elpis.launcher.supervision;

import io.elpis.launcher.exit.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an instance finds in its environment besides what the launcher has there: one {@code NAME=value} a line. */
final class EnvironmentFile {

    private EnvironmentFile() {}

    /** @return nothing where there is no file */
    static Map<String, String> read(Path file) throws IOException {
        var environment = new LinkedHashMap<String, String>();
        if (!Files.exists(file)) {
            return environment;
        }
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new CommandFailure(file + " has a line without NAME=value: " + line);
            }
            environment.put(line.substring(0, equals).strip(), line.substring(equals + 1));
        }
        return environment;
    }
}
