package io.elpis.launcher.command;

import io.elpis.launcher.advice.Advice;
import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
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
import io.elpis.launcher.torture.FaultKind;
import io.elpis.launcher.torture.Report;
import io.elpis.launcher.torture.Torture;
import io.elpis.launcher.torture.TorturePlan;
import io.elpis.launcher.torture.WorkloadKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "torture",
        description = {
            "Starts a platform of its own, lets clients read and write while processes are killed and stopped,",
            "heals it, and judges what the clients were told: is every acknowledged write there, once, and could",
            "the answers about single documents have come from one machine? The histories are kept.",
            "Exit code 0: sound, and as much was done as asked for; 1: not."
        })
final class TortureCommand implements Callable<Integer> {

    private static final double LONGEST_MINUTES = 24 * 60;
    private static final int MOST_CLIENTS = 256;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The tortured platform's directory. Default: .elpis/torture in the checkout.")
    @Nullable
    Path data;

    @Option(names = "--minutes", paramLabel = "M", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
    double minutes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Chooses the faults and what the clients do. Default: one that is told.")
    @Nullable
    Long seed;

    @Option(
            names = "--faults",
            paramLabel = "KINDS",
            defaultValue = "all",
            description = "Of kill, pause, cut, slow, disk, skew, broker, database; or all. Default: ${DEFAULT-VALUE}.")
    String faults;

    @Option(
            names = "--workload",
            paramLabel = "KINDS",
            defaultValue = "all",
            description = "Of register, set, update, bulk; or all. Default: ${DEFAULT-VALUE}.")
    String workloads;

    @Option(
            names = "--writes",
            paramLabel = "N",
            defaultValue = "0",
            description = {
                "Goes on, for three times as long at most, until so many writes are acknowledged;",
                "fewer in the end make it fail. Default: ${DEFAULT-VALUE}."
            })
    long writes;

    @Option(
            names = "--min-faults",
            paramLabel = "N",
            defaultValue = "0",
            description = "As --writes, for so many faults of every kind. Default: ${DEFAULT-VALUE}.")
    int minFaults;

    @Option(names = "--clients", paramLabel = "C", defaultValue = "12", description = "Default: ${DEFAULT-VALUE}.")
    int clients;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
    int nodes;

    @Option(names = "--brokers", paramLabel = "B", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    int brokers;

    @Option(
            names = "--index-services",
            paramLabel = "I",
            defaultValue = "2",
            description = "Default: ${DEFAULT-VALUE}.")
    int indexServices;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(minutes > 0) || minutes > LONGEST_MINUTES) {
            throw new ParameterException(spec.commandLine(), "--minutes must be more than 0 and at most 1440");
        }
        if (clients < 1 || clients > MOST_CLIENTS) {
            throw new ParameterException(spec.commandLine(), "--clients must be 1 to " + MOST_CLIENTS);
        }
        if (writes < 0 || minFaults < 0) {
            throw new ParameterException(spec.commandLine(), "--writes and --min-faults must not be negative");
        }
        Long given = seed;
        TorturePlan plan = new TorturePlan(
                Duration.ofMillis(Math.round(minutes * 60_000)),
                given != null ? given : new SecureRandom().nextInt(Integer.MAX_VALUE),
                FaultKind.named(faults),
                WorkloadKind.named(workloads),
                clients,
                writes,
                minFaults);
        PlatformHome home = new PlatformHome(
                data != null ? data : Installation.current().root().resolve(".elpis/torture"));
        requireNobody(home);
        PrintWriter out = spec.commandLine().getOut();
        home.create();
        var stop = new PlatformStop(home, UpCommand.STOP_DEADLINE, line -> print(out, line));
        try (Torture torture = Torture.around(home, planner(), shape(), plan, line -> print(out, line));
                Vigil vigil = Vigil.unlocked(home, stop, new StartGate())) {
            return run(home, torture, plan, out);
        }
    }

    private int run(PlatformHome home, Torture torture, TorturePlan plan, PrintWriter out)
            throws IOException, InterruptedException {
        if (elpis("up", "-d", "--data", home.directory().toString()) != ExitCode.DONE) {
            throw new CommandFailure("the platform did not start");
        }
        print(out, "seed " + plan.seed());
        Platform platform = Platform.existing(home);
        Report report = torture.run(
                PlatformOption.gateway(platform, "admin", platform.secrets().adminPassword()));
        print(out, again(plan));
        report.lines().forEach(line -> print(out, line));
        return report.sound() && report.reached() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static PlatformUp planner() {
        Installation installation = Installation.current();
        return new PlatformUp(
                installation, new Programs(installation, false, System.getenv()), new StartGate(), null, line -> {});
    }

    private WantedShape shape() {
        int port = new FreePorts(new SecureRandom()).choose(Set.of());
        return new WantedShape(nodes, null, brokers, indexServices, null, port);
    }

    /** The command that does the same once more. */
    private String again(TorturePlan plan) {
        var line = new ArrayList<>(List.of("torture", "--minutes", Double.toString(minutes)));
        line.addAll(List.of("--seed", Long.toString(plan.seed())));
        line.addAll(List.of("--faults", faults, "--workload", workloads));
        line.addAll(List.of("--clients", Integer.toString(clients)));
        line.addAll(List.of("--writes", Long.toString(writes), "--min-faults", Integer.toString(minFaults)));
        line.addAll(List.of("--nodes", Integer.toString(nodes), "--brokers", Integer.toString(brokers)));
        line.addAll(List.of("--index-services", Integer.toString(indexServices)));
        Path given = data;
        if (given != null) {
            line.addAll(List.of("--data", given.toAbsolutePath().normalize().toString()));
        }
        return "again     " + Advice.line(line);
    }

    /** A platform that serves somebody is not to be tortured. */
    private static void requireNobody(PlatformHome home) throws IOException {
        if (home.exists()) {
            Platform platform = Platform.existing(home);
            if (platform.missing().size() < platform.fleet().instances().size()) {
                throw new CommandFailure("a platform runs in " + home.directory() + ": "
                        + Advice.line(home.directory(), "down") + " first");
            }
        }
    }

    private int elpis(String... arguments) {
        return spec.root().commandLine().execute(arguments);
    }

    private static synchronized void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
