package io.elpis.launcher.command;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.installation.Installation;
import io.elpis.launcher.platform.FreePorts;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.supervision.Platform;
import io.elpis.launcher.supervision.PlatformStop;
import io.elpis.launcher.supervision.StartGate;
import io.elpis.launcher.supervision.Vigil;
import io.elpis.launcher.torture.FaultKind;
import io.elpis.launcher.torture.Report;
import io.elpis.launcher.torture.TorturePlan;
import io.elpis.launcher.torture.TortureRun;
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
            "Exit code 0: sound, 1: not."
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
            description = "Of kill, pause, broker, database; or all. Default: ${DEFAULT-VALUE}.")
    String faults;

    @Option(
            names = "--workload",
            paramLabel = "KINDS",
            defaultValue = "all",
            description = "Of register, set, update, bulk; or all. Default: ${DEFAULT-VALUE}.")
    String workloads;

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
        Long given = seed;
        TorturePlan plan = new TorturePlan(
                Duration.ofMillis(Math.round(minutes * 60_000)),
                given != null ? given : new SecureRandom().nextInt(Integer.MAX_VALUE),
                FaultKind.named(faults),
                WorkloadKind.named(workloads),
                clients);
        PlatformHome home = new PlatformHome(
                data != null ? data : Installation.current().root().resolve(".elpis/torture"));
        requireNobody(home);
        PrintWriter out = spec.commandLine().getOut();
        home.create();
        var stop = new PlatformStop(home, UpCommand.STOP_DEADLINE, line -> print(out, line));
        try (Vigil vigil = Vigil.unlocked(home, stop, new StartGate())) {
            return torture(home, plan);
        }
    }

    private int torture(PlatformHome home, TorturePlan plan) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        bringUp(home);
        print(out, "seed " + plan.seed());
        Platform platform = Platform.existing(home);
        String password = platform.secrets().adminPassword();
        GatewayClient gateway = PlatformOption.gateway(platform, "admin", password);
        Report report = new TortureRun(platform, gateway, plan, line -> print(out, line)).run();
        report.lines().forEach(line -> print(out, line));
        return report.sound() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** A platform that serves somebody is not to be tortured. */
    private static void requireNobody(PlatformHome home) throws IOException {
        if (home.exists()) {
            Platform platform = Platform.existing(home);
            if (platform.missing().size() < platform.fleet().instances().size()) {
                throw new CommandFailure("a platform runs in " + home.directory() + ": ./elpis down first");
            }
        }
    }

    private void bringUp(PlatformHome home) throws IOException {
        var arguments =
                new ArrayList<>(List.of("up", "-d", "--data", home.directory().toString()));
        arguments.addAll(List.of("--nodes", Integer.toString(nodes), "--brokers", Integer.toString(brokers)));
        arguments.addAll(List.of("--index-services", Integer.toString(indexServices)));
        arguments.addAll(List.of("--port", Integer.toString(new FreePorts(new SecureRandom()).choose(Set.of()))));
        if (elpis(arguments.toArray(String[]::new)) != ExitCode.DONE) {
            throw new CommandFailure("the platform did not start");
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
