package io.elpis.launcher.supervision;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.installation.Programs;
import io.elpis.launcher.process.LogTail;
import io.elpis.launcher.process.Probe;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.service.ServiceKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts instances in parallel, each once what its kind needs is ready, and waits until all are. The first failure ends
 * the waiting of all; when only the deadline passes, what was started is left as it is.
 */
public final class PlatformStart {

    private static final long POLL_MILLIS = 100;
    private static final int TAIL = 25;

    private final Platform platform;
    private final Starter starter;
    private final InstanceProbe probes;
    private final Duration deadline;
    private final Consumer<String> report;
    private final long begin = System.nanoTime();
    private final Map<ServiceKind, CountDownLatch> pending = new EnumMap<>(ServiceKind.class);
    private final Set<Instance> ready = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable CommandFailure> failure = new AtomicReference<>();

    /**
     * @param deadline for the whole start
     * @param report takes one line for every instance that became ready
     */
    public PlatformStart(
            Platform platform, Programs programs, StartGate gate, Duration deadline, Consumer<String> report) {
        this.platform = platform;
        this.starter = new Starter(platform, programs, gate);
        this.probes = new InstanceProbe(platform);
        this.deadline = deadline;
        this.report = report;
    }

    /** @param instances those of them that run already are only waited for */
    public void start(List<Instance> instances) throws IOException, InterruptedException {
        var missing = new ArrayList<Instance>();
        for (Instance instance : instances) {
            if (!platform.runs(instance)) {
                missing.add(instance);
            }
        }
        starter.configure(missing);
        for (ServiceKind kind : ServiceKind.values()) {
            int count = (int) instances.stream()
                    .filter(instance -> instance.kind() == kind)
                    .count();
            pending.put(kind, new CountDownLatch(count));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            instances.forEach(instance -> all.add(threads.submit(() -> bringUp(instance))));
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        CommandFailure failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        if (ready.size() < instances.size()) {
            throw tooSlow(instances);
        }
    }

    /** Starts an instance and waits for nothing. */
    void begin(Instance instance) throws IOException, InterruptedException {
        starter.configure(List.of(instance));
        starter.start(instance);
    }

    private StartTooSlow tooSlow(List<Instance> instances) throws IOException {
        var living = new ArrayList<Instance>();
        var waiting = new ArrayList<Instance>();
        for (Instance instance : instances) {
            if (!ready.contains(instance)) {
                (platform.runs(instance) ? living : waiting).add(instance);
            }
        }
        return new StartTooSlow(deadline, living, waiting, living.isEmpty() ? "" : words(living.getFirst()));
    }

    private void bringUp(Instance instance) {
        try {
            Optional<ProcessHandle> running = platform.records().running(instance.name());
            if (running.isEmpty() && !awaitNeeds(instance)) {
                return;
            }
            long started = System.nanoTime();
            ProcessHandle process = running.isPresent() ? running.get() : starter.start(instance);
            if (!awaitReady(instance, process)) {
                return;
            }
            ready.add(instance);
            report.accept("%-13s ready after %5.1f s  pid %-7d port %d"
                    .formatted(
                            instance.name(),
                            (System.nanoTime() - started) / 1e9,
                            process.pid(),
                            platform.port(instance)));
            latch(instance.kind()).countDown();
        } catch (CommandFailure e) {
            failure.compareAndSet(null, e);
        } catch (IOException e) {
            failure.compareAndSet(null, new CommandFailure(instance + " cannot be started: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.compareAndSet(null, new CommandFailure("interrupted"));
        }
    }

    /** @return false when there is no use in waiting any longer */
    private boolean awaitNeeds(Instance instance) throws InterruptedException {
        for (String need : instance.kind().needs()) {
            CountDownLatch latch = latch(ServiceKind.named(need).orElseThrow());
            while (!latch.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (hopeless()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** @return false when there is no use in waiting any longer */
    private boolean awaitReady(Instance instance, ProcessHandle process) throws IOException, InterruptedException {
        Probe probe = probes.of(instance);
        while (!endedWithinPoll(process)) {
            if (probe.ready() && process.isAlive()) {
                return true;
            }
            if (hopeless()) {
                return false;
            }
        }
        platform.records().forget(instance.name());
        throw new CommandFailure(instance + " ended while it started" + words(instance));
    }

    private static boolean endedWithinPoll(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean hopeless() {
        return failure.get() != null || System.nanoTime() - begin > deadline.toNanos();
    }

    private CountDownLatch latch(ServiceKind kind) {
        CountDownLatch latch = pending.get(kind);
        if (latch == null) {
            throw new IllegalStateException("start() was not called");
        }
        return latch;
    }

    private String words(Instance instance) throws IOException {
        var words = new StringBuilder();
        for (Path file :
                List.of(platform.home().output(instance.name()), platform.home().log(instance.name()))) {
            List<String> lines = LogTail.lines(file, TAIL);
            if (!lines.isEmpty()) {
                words.append("\n--- the last lines of ").append(file).append('\n');
                words.append(String.join("\n", lines));
            }
        }
        return words.toString();
    }
}
