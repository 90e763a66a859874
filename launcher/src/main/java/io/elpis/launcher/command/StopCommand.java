package io.elpis.launcher.command;

import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.platform.PlatformLock;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.supervision.Platform;
import io.elpis.launcher.supervision.PlatformStop;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "stop", description = "Stops one instance gracefully.")
final class StopCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    PlatformOption option;

    @Parameters(paramLabel = "INSTANCE", description = "Such as query-1.")
    String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Platform platform = option.platform();
        Instance instance = platform.fleet().instance(name);
        try (var lock = PlatformLock.take(platform.home())) {
            var stop = new PlatformStop(platform.home(), UpCommand.STOP_DEADLINE, out::println);
            if (!stop.stop(instance.name())) {
                out.println(instance + " did not run.");
            }
        }
        return ExitCode.DONE;
    }
}
