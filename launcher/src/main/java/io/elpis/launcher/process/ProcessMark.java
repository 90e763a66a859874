package io.elpis.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names one process for good: its number and when it started, so that another process that got the same number later is
 * never taken for it.
 *
 * @param start on Linux the kernel's start tick and the boot it belongs to, which no change of the clock moves
 */
public record ProcessMark(long pid, String start) {

    public static Optional<ProcessMark> of(ProcessHandle process) {
        return start(process).map(start -> new ProcessMark(process.pid(), start));
    }

    /** Of the process that asks. */
    public static ProcessMark own() {
        return of(ProcessHandle.current()).orElseThrow();
    }

    /** The process, if it still lives. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> start(process).filter(start::equals).isPresent());
    }

    private static Optional<String> start(ProcessHandle process) {
        try {
            ProcessStat stat = ProcessStat.of(process.pid());
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            return stat.zombie() ? Optional.empty() : Optional.of(stat.startTick() + "@" + boot);
        } catch (IOException e) {
            return process.info().startInstant().map(Object::toString);
        }
    }
}
