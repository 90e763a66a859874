package io.elpis.launcher.command;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.gateway.OpenDoor;
import io.elpis.launcher.installation.Installation;
import io.elpis.launcher.installation.Programs;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.supervision.Platform;
import io.elpis.launcher.supervision.PlatformStop;
import io.elpis.launcher.supervision.PlatformUp;
import io.elpis.launcher.supervision.StartGate;
import io.elpis.launcher.supervision.StartTooSlow;
import io.elpis.launcher.supervision.Vigil;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = {
            "Starts the platform: what of it does not run yet. Data survives down and up.",
            "In the foreground Ctrl-C stops what was started; with -d it runs on by itself.",
            "Where all that was started has died, the exit code is 1."
        })
final class UpCommand implements Callable<Integer> {

    static final Duration STOP_DEADLINE = Duration.ofSeconds(30);
    static final Duration DOOR_DEADLINE = Duration.ofSeconds(60);

    @Spec
    CommandSpec spec;

    @Mixin
    PlatformOption platform;

    @Mixin
    ShapeOptions shape;

    @Option(
            names = {"-d", "--detach"},
            description = "Return when all is ready.")
    boolean detach;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait until all is ready. Default: 180; 600 while the JVM's caches are missing.")
    @Nullable
    Integer timeout;

    @Option(
            names = "--only",
            hidden = true,
            split = ",",
            paramLabel = "SERVICE",
            description = "Start these services alone, such as kafka,postgres: for work on one of the others.")
    List<String> only = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PlatformHome home = platform.home();
        home.create();
        var stop = new PlatformStop(home, STOP_DEADLINE, line -> print(out, line));
        var gate = new StartGate();
        try (Vigil vigil = Vigil.locked(home, stop, gate)) {
            boolean started = bringUp(home, gate, vigil, out);
            if (detach || !started) {
                vigil.letGo();
                return ExitCode.DONE;
            }
            vigil.unlock();
            print(out, "Ctrl-C stops what was started here.");
            List<String> dead = vigil.watch(line -> print(out, line));
            if (!dead.isEmpty()) {
                // Their records stay, so that the status tells of deaths.
                vigil.letGo();
                throw new CommandFailure(Words.afterDeath(home, dead));
            }
            return ExitCode.DONE;
        }
    }

    /** @return whether there was something to start */
    private boolean bringUp(PlatformHome home, StartGate gate, Vigil vigil, PrintWriter out)
            throws IOException, InterruptedException {
        Installation installation = Installation.current();
        var up = new PlatformUp(
                installation,
                new Programs(installation, false, System.getenv()),
                gate,
                timeout == null ? null : Duration.ofSeconds(timeout),
                line -> print(out, line));
        Platform planned = up.plan(home, shape.wanted());
        boolean starts = !wanted(planned.missing()).isEmpty();
        tellRunning(planned, out);
        List<Instance> unready = wanted(planned.unready());
        Platform running = unready.isEmpty() ? planned : awaitReady(up, planned, unready, vigil);
        if (!unready.isEmpty() && only.isEmpty()) {
            new OpenDoor(PlatformOption.gateway(
                            running, "admin", running.secrets().adminPassword()))
                    .await(DOOR_DEADLINE);
        }
        Words.afterUp(running).forEach(line -> print(out, line));
        return starts;
    }

    /** Where nobody waits at the terminal for its end, what is only slow may go on. */
    private Platform awaitReady(PlatformUp up, Platform planned, List<Instance> unready, Vigil vigil)
            throws IOException, InterruptedException {
        try {
            return up.start(planned, unready);
        } catch (StartTooSlow e) {
            if (detach) {
                vigil.letGo();
                spec.commandLine().getErr().println(Words.afterSlowStart(planned));
            }
            throw e;
        }
    }

    private List<Instance> wanted(List<Instance> missing) {
        return missing.stream()
                .filter(instance ->
                        only.isEmpty() || only.contains(instance.kind().prefix()))
                .toList();
    }

    private static void tellRunning(Platform planned, PrintWriter out) throws IOException {
        for (Instance instance : planned.fleet().instances()) {
            if (planned.runs(instance)) {
                long pid = planned.records()
                        .running(instance.name())
                        .map(ProcessHandle::pid)
                        .orElse(0L);
                print(
                        out,
                        "%-13s runs already           pid %-7d port %d"
                                .formatted(instance.name(), pid, planned.port(instance)));
            }
        }
    }

    private static synchronized void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
