package io.elpis.launcher.command;

import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.installation.Installation;
import io.elpis.launcher.installation.Programs;
import io.elpis.launcher.platform.PlatformLock;
import io.elpis.launcher.process.ProcessMark;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.supervision.Platform;
import io.elpis.launcher.supervision.PlatformUp;
import io.elpis.launcher.supervision.StartGate;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "start", description = "Starts instances that were stopped or killed, and waits until they are ready.")
final class StartCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    PlatformOption option;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait. Default: 180; 600 while the JVM's caches are missing.")
    @Nullable
    Integer timeout;

    @Parameters(arity = "1..*", paramLabel = "INSTANCE", description = "Such as query-1.")
    List<String> names;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Platform platform = option.platform();
        List<Instance> instances =
                names.stream().distinct().map(platform.fleet()::instance).toList();
        Installation installation = Installation.current();
        try (var lock = PlatformLock.take(platform.home())) {
            List<Instance> missing = missing(platform, instances, out);
            if (missing.isEmpty()) {
                return ExitCode.DONE;
            }
            // Where an elpis up runs in the foreground, what is added to its platform ends with it too.
            var gate = new StartGate(platform.records().livingKeeper().orElseGet(ProcessMark::own));
            new PlatformUp(
                            installation,
                            new Programs(installation, false, System.getenv()),
                            gate,
                            timeout == null ? null : Duration.ofSeconds(timeout),
                            out::println)
                    .start(platform, missing);
        }
        return ExitCode.DONE;
    }

    private static List<Instance> missing(Platform platform, List<Instance> instances, PrintWriter out)
            throws IOException {
        var missing = new ArrayList<Instance>();
        for (Instance instance : instances) {
            if (platform.runs(instance)) {
                out.println(instance + " runs already.");
            } else {
                missing.add(instance);
            }
        }
        return missing;
    }
}
