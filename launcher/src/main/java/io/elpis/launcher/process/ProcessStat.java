package io.elpis.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What Linux tells of a process in {@code /proc/<pid>/stat} (proc_pid_stat(5)).
 *
 * @param zombie it ended and its parent has not asked for it yet
 * @param startTick when it started, counted from the boot
 * @param cpu its CPU time and that of its children that ended and were asked for, in steps of 10 ms
 */
record ProcessStat(boolean zombie, String startTick, Duration cpu) {

    /** Numbers of fields in the manual, of which those after the name remain: the first of them is the third. */
    private static final int FIRST = 3;

    private static final int STATE = 3 - FIRST;
    private static final int USER_TIME = 14 - FIRST;
    private static final int CHILDREN_SYSTEM_TIME = 17 - FIRST;
    private static final int START_TIME = 22 - FIRST;

    /** Linux counts in hundredths of a second towards programs, whatever its own clock does. */
    private static final long MILLIS_PER_TICK = 10;

    static ProcessStat of(long pid) throws IOException {
        return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    }

    static ProcessStat parse(String line) {
        // The name in parentheses may hold blanks and parentheses.
        List<String> fields =
                List.of(line.substring(line.lastIndexOf(')') + 1).strip().split(" "));
        long ticks = fields.subList(USER_TIME, CHILDREN_SYSTEM_TIME + 1).stream()
                .mapToLong(Long::parseLong)
                .sum();
        return new ProcessStat(
                fields.get(STATE).equals("Z"), fields.get(START_TIME), Duration.ofMillis(ticks * MILLIS_PER_TICK));
    }
}
