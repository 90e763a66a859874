package io.elpis.launcher.supervision;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.launcher.advice.Advice;
import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PlatformLock;
import io.elpis.launcher.process.ProcessMark;
import io.elpis.launcher.process.RunRecord;
import io.elpis.launcher.process.RunRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stays with what one command starts. When a signal or a failure ends the command before it lets go, what it started is
 * stopped, under the platform's lock; what it found running is never touched.
 */
public final class Vigil implements AutoCloseable {

    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(45);

    private final ProcessMark self = ProcessMark.own();
    private final Thread hook = new Thread(this::end, "stop");
    private final PlatformHome home;
    private final RunRecords records;
    private final PlatformStop stop;
    private final StartGate gate;

    @GuardedBy("this")
    private @Nullable PlatformLock lock;

    @GuardedBy("this")
    private boolean over;

    private volatile boolean stopping;

    private Vigil(PlatformHome home, PlatformStop stop, StartGate gate, @Nullable PlatformLock lock) {
        this.home = home;
        this.records = new RunRecords(home.runDirectory());
        this.stop = stop;
        this.gate = gate;
        this.lock = lock;
    }

    /**
     * Takes the lock, or fails when another command has it.
     *
     * @param gate of the starts that may be under way when a signal comes
     */
    public static Vigil locked(PlatformHome home, PlatformStop stop, StartGate gate) throws IOException {
        return new Vigil(home, stop, gate, PlatformLock.take(home)).hooked();
    }

    /** For a command whose single steps take the lock; ending takes it too. */
    public static Vigil unlocked(PlatformHome home, PlatformStop stop, StartGate gate) throws IOException {
        return new Vigil(home, stop, gate, null).hooked();
    }

    private Vigil hooked() throws IOException {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return this;
        } catch (IllegalStateException e) {
            release();
            throw new CommandFailure("stopped");
        }
    }

    /** Other commands may work on the platform from now on; a signal still stops what this one started. */
    public synchronized void unlock() throws IOException {
        if (!stopping) {
            release();
        }
    }

    /** From now on what was started outlives this command, unless a signal came before. */
    public synchronized void letGo() throws IOException {
        if (!stopping) {
            over = true;
            release();
        }
    }

    /**
     * Tells of processes that end by themselves; returns when none runs any more that ends with this command.
     *
     * @return the instances that died; empty when all were stopped, be it by another command or by a signal to this one
     */
    public List<String> watch(Consumer<String> report) throws IOException, InterruptedException {
        List<RunRecord> kept = records.keptBy(self);
        do {
            awaitEnd(living(kept), report);
            kept = keptWhileNobodyWorks();
        } while (!living(kept).isEmpty());
        return stopping ? List.of() : kept.stream().map(RunRecord::instance).toList();
    }

    private void awaitEnd(List<RunRecord> living, Consumer<String> report) throws InterruptedException {
        CompletableFuture<?>[] ends =
                living.stream().map(record -> end(record, report)).toArray(CompletableFuture[]::new);
        var ended = new CountDownLatch(1);
        var _ = CompletableFuture.allOf(ends).thenRun(ended::countDown);
        ended.await();
    }

    /** A command that stops a process holds the lock, and forgets the process a moment after its end. */
    private List<RunRecord> keptWhileNobodyWorks() throws IOException, InterruptedException {
        if (stopping) {
            return List.of();
        }
        try (PlatformLock quiet = PlatformLock.await(home, LOCK_PATIENCE)) {
            return records.keptBy(self);
        }
    }

    private static List<RunRecord> living(List<RunRecord> kept) {
        return kept.stream().filter(record -> record.process().isPresent()).toList();
    }

    private CompletableFuture<?> end(RunRecord record, Consumer<String> report) {
        return record.process()
                .map(process -> process.onExit().thenRun(() -> tellEnd(record.instance(), report)))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private void tellEnd(String instance, Consumer<String> report) {
        if (!stopping) {
            report.accept(
                    instance + " ended; " + Advice.line(home.directory(), "start", instance) + " starts it again");
        }
    }

    /** Stops what was started, unless it was let go. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hook runs, finds that all is done, and returns.
        }
    }

    private void end() {
        stopping = true;
        gate.close();
        endOnce();
    }

    private synchronized void endOnce() {
        try {
            if (!over && !records.keptBy(self).isEmpty()) {
                if (lock == null) {
                    lock = PlatformLock.await(home, LOCK_PATIENCE);
                }
                stop.stopKeptBy(self);
            }
            over = true;
            release();
        } catch (IOException | CommandFailure e) {
            System.err.println("elpis: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void release() throws IOException {
        PlatformLock held = lock;
        lock = null;
        if (held != null) {
            held.close();
        }
    }
}
