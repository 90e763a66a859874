package io.elpis.launcher.command;

import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.gateway.OpenDoor;
import io.elpis.launcher.installation.AotCaches;
import io.elpis.launcher.installation.Installation;
import io.elpis.launcher.installation.Programs;
import io.elpis.launcher.platform.FreePorts;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.supervision.Platform;
import io.elpis.launcher.supervision.PlatformStop;
import io.elpis.launcher.supervision.PlatformUp;
import io.elpis.launcher.supervision.StartGate;
import io.elpis.launcher.supervision.Vigil;
import io.elpis.launcher.supervision.WantedShape;
import io.elpis.launcher.training.Exercise;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "train",
        description = {
            "Runs a small platform of its own for a moment, so that the JVM can write its ahead-of-time caches;",
            "later starts are then several times faster. The build does this by itself."
        })
final class TrainCommand implements Callable<Integer> {

    /** Ending includes writing the caches, all at once. */
    private static final Duration STOP_DEADLINE = Duration.ofMinutes(10);

    @Spec
    CommandSpec spec;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long the start may take. Default: ${DEFAULT-VALUE}.")
    int timeout;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        var caches = new AotCaches(Installation.current());
        caches.clear();
        Path directory = Files.createTempDirectory("elpis-training-");
        var home = new PlatformHome(directory.resolve("platform"));
        home.create();
        var stop = new PlatformStop(home, STOP_DEADLINE, out::println);
        var gate = new StartGate();
        try (Vigil vigil = Vigil.locked(home, stop, gate)) {
            exercise(home, gate, directory, out);
        } finally {
            List<String> published = caches.publish();
            out.println("Caches: " + String.join(", ", published));
            delete(directory);
        }
        return ExitCode.DONE;
    }

    private void exercise(PlatformHome home, StartGate gate, Path directory, PrintWriter out)
            throws IOException, InterruptedException {
        Installation installation = Installation.current();
        var up = new PlatformUp(
                installation,
                new Programs(installation, true, System.getenv()),
                gate,
                Duration.ofSeconds(timeout),
                out::println);
        int port = new FreePorts(new SecureRandom()).choose(Set.of());
        Platform planned = up.plan(home, new WantedShape(1, 1, 1, 1, null, port));
        Platform platform = up.start(planned, planned.missing());
        GatewayClient gateway =
                PlatformOption.gateway(platform, "admin", platform.secrets().adminPassword());
        new OpenDoor(gateway).await(UpCommand.DOOR_DEADLINE);
        new Exercise(gateway).run(directory);
    }

    private static void delete(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
