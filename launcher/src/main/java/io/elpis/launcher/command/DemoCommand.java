package io.elpis.launcher.command;

import io.elpis.launcher.advice.Advice;
import io.elpis.launcher.demo.Demo;
import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.load.LoadSummary;
import io.elpis.launcher.record.Inputs;
import io.elpis.launcher.service.ServiceKind;
import io.elpis.launcher.supervision.Platform;
import io.elpis.launcher.supervision.PlatformStop;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = {
            "Starts a platform, indexes the documentation of its own dependencies (over 10,000 pages, fetched with",
            "Maven), searches it, kills a query node, shows that searches go on complete, and leaves all running."
        })
final class DemoCommand implements Callable<Integer> {

    private static final int COPIES = 6;
    private static final int PAGES = 10_000;

    @Spec
    CommandSpec spec;

    @Mixin
    PlatformOption option;

    @Option(names = "--port", paramLabel = "P", description = "The gateway's port. Default: 8080.")
    @Nullable
    Integer port;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        step(out, "1. The platform");
        bringUp();
        Platform platform = option.platform();
        GatewayClient gateway = option.gateway();
        var demo = new Demo(gateway, line -> {
            out.println(line);
            out.flush();
        });
        step(out, "2. The pages");
        List<Path> jars = Demo.fetchPages(platform.installation());
        out.println(jars.size() + " javadoc jars");
        demo.createIndex();
        LoadSummary loaded = LoadCommand.load(platform, Demo.INDEX, new Inputs(null).of(jars), 200, false, spec);
        demo.awaitCopies(Math.min(COPIES, 3 * platform.plan().shape().nodes()));
        step(out, "3. Five searches");
        List<Long> totals = demo.showSearches();
        boolean complete = survivesAKill(platform, demo, totals, out);
        farewell(platform, out);
        if (loaded.loaded() < PAGES) {
            throw new CommandFailure("only " + loaded.loaded() + " pages were found, not " + PAGES);
        }
        return loaded.failed() == 0 && complete ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void bringUp() {
        var arguments = new ArrayList<>(
                List.of("up", "-d", "--data", option.home().directory().toString()));
        Integer chosen = port;
        if (chosen != null) {
            arguments.addAll(List.of("--port", chosen.toString()));
        }
        if (spec.root().commandLine().execute(arguments.toArray(String[]::new)) != ExitCode.DONE) {
            throw new CommandFailure("the platform did not start");
        }
    }

    private boolean survivesAKill(Platform platform, Demo demo, List<Long> totals, PrintWriter out)
            throws IOException, InterruptedException {
        String victim = platform.fleet().of(ServiceKind.QUERY).getLast().name();
        step(out, "4. kill -9 of " + victim);
        if (platform.plan().shape().nodes() < 2) {
            out.println("left out: this platform has one query node alone");
            return true;
        }
        new PlatformStop(platform.home(), UpCommand.STOP_DEADLINE, out::println).kill(victim);
        boolean complete = demo.searchesStayComplete(totals);
        out.println(
                complete
                        ? "Not one answer was incomplete, and all totals are as before. "
                                + Advice.line(platform.home().directory(), "start", victim) + " brings it back."
                        : "Some answers were incomplete.");
        return complete;
    }

    private static void farewell(Platform platform, PrintWriter out) {
        Path directory = platform.home().directory();
        step(out, "It runs on");
        out.println("Search:  " + Advice.line(directory, "search", Demo.INDEX, "thread safe cache"));
        out.println("Look:    " + Advice.line(directory, "status"));
        out.println("Stop:    " + Advice.line(directory, "down"));
    }

    private static void step(PrintWriter out, String title) {
        out.println();
        out.println("== " + title);
        out.flush();
    }
}
