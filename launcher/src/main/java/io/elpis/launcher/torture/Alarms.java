package io.elpis.launcher.torture;

import io.elpis.launcher.platform.PlatformHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The alarms in the instances' logs that no fault excuses. Each tells of a copy that was not what it had to be, though the
 * platform may have cured it long before anybody compares copies.
 */
final class Alarms {

    /** What a full disk and a log out of reach lead to. */
    private static final Set<String> EXCUSED = Set.of("copy_failed", "topic_not_followed");

    private static final Pattern ALARM = Pattern.compile("\\balarm=\"([a-z_]+)\"");

    private final Path logs;
    private final Map<Path, Long> before;

    private Alarms(Path logs, Map<Path, Long> before) {
        this.logs = logs;
        this.before = before;
    }

    /** Those that are raised from now on. */
    static Alarms from(PlatformHome home) throws IOException {
        Path logs = home.logsDirectory();
        Map<Path, Long> sizes = new HashMap<>();
        for (Path file : files(logs)) {
            sizes.put(file, Files.size(file));
        }
        return new Alarms(logs, sizes);
    }

    /** @return the lines, each with the name of its file */
    List<String> raised() throws IOException {
        List<String> raised = new ArrayList<>();
        for (Path file : files(logs)) {
            boolean packed = file.toString().endsWith(".gz");
            long old = before.getOrDefault(file, 0L);
            try (InputStream bytes = Files.newInputStream(file)) {
                if (!packed) {
                    // A file that has become smaller was rolled meanwhile.
                    bytes.skipNBytes(old <= Files.size(file) ? old : 0);
                    read(file, bytes, raised);
                } else if (old == 0) {
                    read(file, new GZIPInputStream(bytes), raised);
                }
            }
        }
        return raised;
    }

    private static void read(Path file, InputStream log, List<String> raised) throws IOException {
        var in = new BufferedReader(new InputStreamReader(log, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Matcher alarm = ALARM.matcher(line);
            if (alarm.find() && !EXCUSED.contains(alarm.group(1))) {
                raised.add(file.getFileName() + ": " + line);
            }
        }
    }

    private static List<Path> files(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(file -> file.getFileName().toString().contains(".log"))
                    .sorted()
                    .toList();
        }
    }
}
