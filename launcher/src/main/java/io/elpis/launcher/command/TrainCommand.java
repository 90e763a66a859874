package io.elpis.launcher.command;

import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.find.Search;
import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.installation.AotCaches;
import io.elpis.launcher.installation.Installation;
import io.elpis.launcher.installation.Programs;
import io.elpis.launcher.load.LoadProgress;
import io.elpis.launcher.load.Loader;
import io.elpis.launcher.platform.FreePorts;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.record.Inputs;
import io.elpis.launcher.supervision.Platform;
import io.elpis.launcher.supervision.PlatformStop;
import io.elpis.launcher.supervision.PlatformUp;
import io.elpis.launcher.supervision.StartGate;
import io.elpis.launcher.supervision.WantedShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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

    private static final String INDEX = "training";
    private static final int DOCUMENTS = 400;
    private static final int SEARCHES = 100;
    private static final List<String> WORDS = List.of("alpha", "beta", "gamma", "delta", "alpha beta");

    /** Ending includes writing the caches, all at once. */
    private static final Duration STOP_DEADLINE = Duration.ofMinutes(10);

    @Spec
    CommandSpec spec;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long the start may take. Default: ${DEFAULT-VALUE}.")
    int timeout;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Installation installation = Installation.current();
        var caches = new AotCaches(installation);
        caches.clear();
        Path directory = Files.createTempDirectory("elpis-training-");
        var home = new PlatformHome(directory.resolve("platform"));
        var stop = new PlatformStop(home, STOP_DEADLINE, out::println);
        var gate = new StartGate();
        var vigil = new Thread(() -> stopQuietly(gate, stop));
        Runtime.getRuntime().addShutdownHook(vigil);
        try {
            var up = new PlatformUp(
                    installation,
                    new Programs(installation, true, System.getenv()),
                    gate,
                    Duration.ofSeconds(timeout),
                    out::println);
            int port = new FreePorts(new SecureRandom()).choose(Set.of());
            Platform planned = up.plan(home, new WantedShape(1, 1, 1, 1, null, port));
            Platform platform = up.start(planned, planned.missing());
            exercise(
                    PlatformOption.gateway(platform, "admin", platform.secrets().adminPassword()), directory);
        } finally {
            stop.stopAll();
            List<String> published = caches.publish();
            out.println("Caches: " + String.join(", ", published));
            Runtime.getRuntime().removeShutdownHook(vigil);
            delete(directory);
        }
        return ExitCode.DONE;
    }

    /** Writes and searches a little, so that the caches know the classes of the hot paths too. */
    private static void exercise(GatewayClient gateway, Path directory) throws IOException, InterruptedException {
        Path file = directory.resolve("training.jsonl");
        var lines = new StringBuilder();
        for (int i = 0; i < DOCUMENTS; i++) {
            lines.append("{\"title\":\"").append(WORDS.get(i % WORDS.size()));
            lines.append("\",\"body\":\"omega ").append(WORDS.get(i % 3)).append("\",\"n\":");
            lines.append(i).append("}\n");
        }
        Files.writeString(file, lines);
        gateway.request(
                "PUT",
                "/" + INDEX,
                "application/json",
                "{\"settings\":{\"number_of_shards\":1,\"number_of_replicas\":0}}".getBytes(StandardCharsets.UTF_8));
        new Loader(gateway, INDEX, 50, 2, LoadProgress.SILENT).load(new Inputs(null).of(List.of(file)));
        gateway.request("POST", "/" + INDEX + "/_refresh", "application/json", new byte[0]);
        var search = new Search(gateway, INDEX);
        for (int i = 0; i < SEARCHES; i++) {
            search.find(WORDS.get(i % WORDS.size()), 10);
        }
    }

    private static void stopQuietly(StartGate gate, PlatformStop stop) {
        gate.close();
        try {
            stop.stopAll();
        } catch (IOException e) {
            System.err.println("elpis: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
