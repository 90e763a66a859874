package io.elpis.launcher.command;

import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.process.LogFollower;
import io.elpis.launcher.process.LogTail;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.supervision.Platform;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "logs", description = "Shows the end of a service's or an instance's log.")
final class LogsCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    PlatformOption option;

    @Parameters(paramLabel = "SERVICE", description = "A service (query, gateway, kafka ...) or an instance (query-1).")
    String service;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is added, until Ctrl-C.")
    boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "How many lines to begin with. Default: ${DEFAULT-VALUE}.")
    int lines;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Platform platform = option.platform();
        List<Instance> instances = platform.fleet().matching(service);
        Map<Path, String> files = new LinkedHashMap<>();
        for (Instance instance : instances) {
            String prefix = instances.size() == 1 ? "" : instance.name() + " | ";
            files.put(platform.home().output(instance.name()), prefix);
            files.put(platform.home().log(instance.name()), prefix);
        }
        // Remembers where the files end now: what is added while their tails are shown is not lost.
        var follower = new LogFollower(files, line -> print(out, line));
        for (Map.Entry<Path, String> file : files.entrySet()) {
            LogTail.lines(file.getKey(), lines).forEach(line -> out.println(file.getValue() + line));
        }
        out.flush();
        if (follow) {
            follower.follow();
        }
        return ExitCode.DONE;
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
