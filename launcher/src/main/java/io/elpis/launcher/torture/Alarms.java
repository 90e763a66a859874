package io.elpis.launcher.torture;

import io.elpis.launcher.platform.PlatformHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The alarms in the instances' logs that no fault excuses. Each tells of a copy that was not what it had to be, though the
 * platform may have cured it long before anybody compares copies.
 */
final class Alarms {

    /**
     * What faults lead to: a copy stops when it can write no more, and what reads the log's other topics finds them out of
     * reach, or no room for what they say.
     */
    private static final Map<String, Set<FaultKind>> EXCUSES = Map.of(
            "copy_failed", Set.of(FaultKind.DISK),
            "topic_not_followed", Set.of(FaultKind.DISK, FaultKind.BROKER, FaultKind.CUT, FaultKind.SLOW));

    private static final Pattern ALARM = Pattern.compile("\\balarm=\"([a-z_]+)\"");
    private static final LogMark NEW = new LogMark(new byte[0], 0);
    private static final int LISTINGS = 5;

    private final Path logs;
    private final List<LogMark> before;

    private Alarms(Path logs, List<LogMark> before) {
        this.logs = logs;
        this.before = before;
    }

    /** Those that are raised from now on. */
    static Alarms from(PlatformHome home) throws IOException {
        Path logs = home.logsDirectory();
        return new Alarms(logs, ofEach(logs, file -> List.of(LogMark.of(file))));
    }

    /**
     * @param faults the kinds that there were meanwhile
     * @return the lines, each with the name of its file
     */
    List<String> raised(Set<FaultKind> faults) throws IOException {
        return ofEach(logs, file -> raised(file, faults));
    }

    private List<String> raised(Path file, Set<FaultKind> faults) throws IOException {
        List<String> raised = new ArrayList<>();
        try (InputStream log = mark(file).rest(file)) {
            var in = new BufferedReader(new InputStreamReader(log, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Matcher alarm = ALARM.matcher(line);
                if (alarm.find() && !excused(alarm.group(1), faults)) {
                    raised.add(file.getFileName() + ": " + line);
                }
            }
        }
        return raised;
    }

    private LogMark mark(Path file) throws IOException {
        List<LogMark> marks = new ArrayList<>();
        for (LogMark mark : before) {
            if (mark.fits(file)) {
                marks.add(mark);
            }
        }
        return marks.stream().max(Comparator.comparingLong(LogMark::length)).orElse(NEW);
    }

    private static boolean excused(String alarm, Set<FaultKind> faults) {
        return !Collections.disjoint(EXCUSES.getOrDefault(alarm, Set.of()), faults);
    }

    private interface Reading<T> {
        List<T> of(Path file) throws IOException;
    }

    /** From the beginning when a log is rolled meanwhile, which gives its file another name. */
    private static <T> List<T> ofEach(Path logs, Reading<T> reading) throws IOException {
        for (int listing = 1; ; listing++) {
            try {
                List<T> all = new ArrayList<>();
                for (Path file : files(logs)) {
                    all.addAll(reading.of(file));
                }
                return all;
            } catch (NoSuchFileException rolled) {
                if (listing == LISTINGS) {
                    throw rolled;
                }
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
