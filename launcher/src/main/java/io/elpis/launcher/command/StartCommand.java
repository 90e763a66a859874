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
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "start", description = "Starts one instance that was stopped or killed, and waits until it is ready.")
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

    @Parameters(paramLabel = "INSTANCE", description = "Such as query-1.")
    String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Platform platform = option.platform();
        Instance instance = platform.fleet().instance(name);
        Installation installation = Installation.current();
        try (var lock = PlatformLock.take(platform.home())) {
            if (platform.runs(instance)) {
                out.println(instance + " runs already.");
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
                    .start(platform, List.of(instance));
        }
        return ExitCode.DONE;
    }
}
