package io.elpis.launcher.command;

import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.supervision.Platform;
import io.elpis.launcher.supervision.PlatformStop;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "kill", description = "Kills one instance at once (SIGKILL), as a crash would.")
final class KillCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    PlatformOption option;

    @Parameters(paramLabel = "INSTANCE", description = "Such as query-1.")
    String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Platform platform = option.platform();
        Instance instance = platform.fleet().instance(name);
        new PlatformStop(
                        platform.home(),
                        UpCommand.STOP_DEADLINE,
                        spec.commandLine().getOut()::println)
                .kill(instance.name());
        return ExitCode.DONE;
    }
}
