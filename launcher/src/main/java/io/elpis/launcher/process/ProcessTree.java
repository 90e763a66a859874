package io.elpis.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process with all that it started. */
public record ProcessTree(ProcessHandle root) {

    /** SIGKILL to all of it. */
    public void kill() {
        all().forEach(ProcessHandle::destroyForcibly);
    }

    /**
     * SIGTERM to the root, which ends its children.
     *
     * @return false when it still lived after the deadline
     */
    public boolean stop(Duration deadline) throws InterruptedException {
        root.destroy();
        return awaitEnd(deadline);
    }

    public boolean awaitEnd(Duration deadline) throws InterruptedException {
        try {
            root.onExit().get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes of physical memory that it occupies; pages shared between its processes are counted once for each. */
    public long memoryBytes() {
        return all().stream().mapToLong(process -> residentBytes(process.pid())).sum();
    }

    /** CPU time that it has taken, that of its processes that have ended included. */
    public Duration cpuTime() {
        return all().stream().map(process -> cpuTime(process.pid())).reduce(Duration.ZERO, Duration::plus);
    }

    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(root), root.descendants()).toList();
    }

    private static long residentBytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static Duration cpuTime(long pid) {
        try {
            return ProcessStat.of(pid).cpu();
        } catch (IOException e) {
            return Duration.ZERO;
        }
    }
}
