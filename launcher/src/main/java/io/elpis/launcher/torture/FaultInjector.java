package io.elpis.launcher.torture;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.installation.Programs;
import io.elpis.launcher.platform.PlatformLock;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.supervision.Platform;
import io.elpis.launcher.supervision.PlatformStop;
import io.elpis.launcher.supervision.PlatformUp;
import io.elpis.launcher.supervision.StartGate;
import io.elpis.torture.link.Quality;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Does harm to the processes of a platform, and undoes it. Thread-safe. */
final class FaultInjector {

    private static final Duration DEADLINE = Duration.ofSeconds(180);
    private static final int SIGNAL_SECONDS = 10;
    private static final int STARTS = 5;

    private final Platform platform;
    private final Surroundings surroundings;
    /** Held while a process is started, as the platform's own lock turns a second one away. */
    private final ReentrantLock starting = new ReentrantLock();

    /** Started, or about to be, and not ready yet. */
    private final Set<Instance> underWay = ConcurrentHashMap.newKeySet();

    FaultInjector(Platform platform, Surroundings surroundings) {
        this.platform = platform;
        this.surroundings = surroundings;
    }

    void inflict(Fault fault) throws IOException, InterruptedException {
        switch (fault.harm()) {
            case Harm.Kill kill -> {
                new PlatformStop(platform.home(), DEADLINE, line -> {})
                        .kill(fault.victim().name());
                surroundings.links().refuse(fault.victim());
            }
            case Harm.Stop stop -> signal(fault.victim(), "-STOP");
            case Harm.Disturb disturb -> surroundings.links().set(fault.victim(), disturb.quality());
            case Harm.Fill fill -> surroundings.disks().fill(fault.victim());
            case Harm.Skew skew -> surroundings.clocks().set(fault.victim(), skew.off());
        }
    }

    void heal(Fault fault) throws IOException, InterruptedException {
        switch (fault.harm()) {
            case Harm.Kill kill -> restart(fault.victim());
            case Harm.Stop stop -> {
                // What died meanwhile by itself is started by who notices it.
                if (platform.runs(fault.victim())) {
                    signal(fault.victim(), "-CONT");
                }
            }
            case Harm.Disturb disturb -> surroundings.links().set(fault.victim(), Quality.GOOD);
            case Harm.Fill fill -> surroundings.disks().free(fault.victim());
            case Harm.Skew skew -> surroundings.clocks().set(fault.victim(), Duration.ZERO);
        }
    }

    /**
     * As a supervisor does: an instance that ends because what it needs is away as well is started again. Returns when
     * it is ready; others are started meanwhile, for it may be one of them that it waits for.
     */
    void restart(Instance instance) throws IOException, InterruptedException {
        underWay.add(instance);
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    up().awaitReady(begun(instance), instance);
                    return;
                } catch (CommandFailure failed) {
                    if (attempt == STARTS) {
                        throw failed;
                    }
                }
            }
        } finally {
            underWay.remove(instance);
        }
    }

    /** Whether it runs, or is being started. */
    boolean cared(Instance instance) throws IOException {
        return platform.runs(instance) || underWay.contains(instance);
    }

    /** Heals all links and starts whatever does not run. */
    void healAll() throws IOException, InterruptedException {
        surroundings.links().healAll();
        for (Instance instance : platform.missing()) {
            restart(instance);
        }
    }

    /** One after the other, as each keeps the ports that it chose. */
    private Platform begun(Instance instance) throws IOException, InterruptedException {
        starting.lockInterruptibly();
        try (var lock = PlatformLock.take(platform.home())) {
            Platform present = Platform.existing(platform.home());
            if (present.runs(instance)) {
                return present;
            }
            surroundings.links().admit(instance);
            Platform running = up().begin(present, instance);
            surroundings.links().follow(running.plan());
            return running;
        } finally {
            starting.unlock();
        }
    }

    private PlatformUp up() {
        var programs = new Programs(platform.installation(), false, System.getenv());
        return new PlatformUp(platform.installation(), programs, new StartGate(), DEADLINE, line -> {});
    }

    private void signal(Instance instance, String signal) throws IOException, InterruptedException {
        ProcessHandle root = platform.records()
                .running(instance.name())
                .orElseThrow(() -> new CommandFailure(instance + " died by itself"));
        List<String> command = Stream.concat(
                        Stream.of("kill", signal),
                        Stream.concat(Stream.of(root), root.descendants()).map(process -> Long.toString(process.pid())))
                .toList();
        Process kill = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!kill.waitFor(SIGNAL_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new CommandFailure(String.join(" ", command) + " failed");
        }
    }
}
