package io.elpis.launcher.torture;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.installation.Programs;
import io.elpis.launcher.platform.PlatformLock;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.supervision.Platform;
import io.elpis.launcher.supervision.PlatformStop;
import io.elpis.launcher.supervision.PlatformUp;
import io.elpis.launcher.supervision.StartGate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Does harm to the processes of a platform, and undoes it. */
final class FaultInjector {

    private static final Duration DEADLINE = Duration.ofSeconds(180);
    private static final int SIGNAL_SECONDS = 10;
    private static final int STARTS = 5;

    private final Platform platform;

    FaultInjector(Platform platform) {
        this.platform = platform;
    }

    void inflict(Fault fault) throws IOException, InterruptedException {
        switch (fault.signal()) {
            case KILL ->
                new PlatformStop(platform.home(), DEADLINE, line -> {})
                        .kill(fault.victim().name());
            case STOP -> signal(fault.victim(), "-STOP");
        }
    }

    void heal(Fault fault) throws IOException, InterruptedException {
        switch (fault.signal()) {
            case KILL -> restart(fault.victim());
            case STOP -> signal(fault.victim(), "-CONT");
        }
    }

    /** As a supervisor does: an instance that ends because what it needs is away as well is started again. */
    private void restart(Instance instance) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                start(List.of(instance));
                return;
            } catch (CommandFailure failed) {
                if (attempt == STARTS) {
                    throw failed;
                }
            }
        }
    }

    /** Starts whatever does not run. */
    void healAll() throws IOException, InterruptedException {
        List<Instance> missing = platform.missing();
        if (!missing.isEmpty()) {
            start(missing);
        }
    }

    private void start(List<Instance> instances) throws IOException, InterruptedException {
        try (var lock = PlatformLock.take(platform.home())) {
            var programs = new Programs(platform.installation(), false, System.getenv());
            var up = new PlatformUp(platform.installation(), programs, new StartGate(), DEADLINE, line -> {});
            up.start(Platform.existing(platform.home()), instances);
        }
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
