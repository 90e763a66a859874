package io.elpis.launcher.command;

import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PlatformLock;
import io.elpis.launcher.supervision.PlatformStop;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "down", description = "Stops the platform; its data stays.")
final class DownCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    PlatformOption platform;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PlatformHome home = platform.home();
        if (!home.exists()) {
            out.println("There is no platform in " + home.directory() + ".");
            return ExitCode.DONE;
        }
        try (var lock = PlatformLock.take(home)) {
            int stopped = new PlatformStop(home, UpCommand.STOP_DEADLINE, out::println).stopAll();
            out.println(stopped == 0 ? "Nothing ran." : "All stopped; the data stays in " + home.directory() + ".");
        }
        return ExitCode.DONE;
    }
}
