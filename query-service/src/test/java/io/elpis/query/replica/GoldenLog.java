package io.elpis.query.replica;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Logs as they were once written, under {@code src/test/resources/golden}: a record a line, its bytes in hexadecimal; a
 * number and {@code x} before it say how often it comes.
 */
final class GoldenLog {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden");
    private static final int LEADER_EPOCH = 7;

    private GoldenLog() {}

    static Path log(String name) {
        return DIRECTORY.resolve(name + ".log");
    }

    /** What applying the log comes to. */
    static Path account(String name) {
        return DIRECTORY.resolve(name + ".account");
    }

    static List<LogEntry> read(String name) throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        for (String line : Files.readAllLines(log(name))) {
            int times = line.contains("x") ? Integer.parseInt(line.substring(0, line.indexOf('x'))) : 1;
            byte[] value = HexFormat.of().parseHex(line.substring(line.indexOf('x') + 1));
            for (int time = 0; time < times; time++) {
                entries.add(new LogEntry(entries.size(), LEADER_EPOCH, value));
            }
        }
        return entries;
    }

    static String write(List<LogEntry> entries) {
        StringBuilder out = new StringBuilder();
        for (int from = 0; from < entries.size(); ) {
            int to = endOfRun(entries, from);
            out.append(to - from > 1 ? (to - from) + "x" : "")
                    .append(HexFormat.of().formatHex(entries.get(from).value()))
                    .append('\n');
            from = to;
        }
        return out.toString();
    }

    /** Of the equal records that begin at an offset. */
    static int endOfRun(List<LogEntry> entries, int from) {
        int to = from + 1;
        while (to < entries.size()
                && Arrays.equals(entries.get(from).value(), entries.get(to).value())) {
            to++;
        }
        return to;
    }
}
