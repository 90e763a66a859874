package io.elpis.launcher.command;

import io.elpis.launcher.bench.Account;
import io.elpis.launcher.bench.Bench;
import io.elpis.launcher.bench.BenchReport;
import io.elpis.launcher.bench.BenchRun;
import io.elpis.launcher.bench.BenchSearch;
import io.elpis.launcher.bench.BenchSearches;
import io.elpis.launcher.bench.Consistency;
import io.elpis.launcher.cpu.CpuReading;
import io.elpis.launcher.cpu.CpuUse;
import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.supervision.Platform;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "bench",
        description = {
            "Measures searches: how many, how fast, and how much CPU time of all the platform's processes.",
            "Each client sends the next search of the files as soon as it has its answer, again from the first one",
            "when all have been sent.",
            "Exit code 0: every search was answered, 1: some failed."
        })
final class BenchCommand implements Callable<Integer> {

    private static final int MOST_CLIENTS = 1_000;
    private static final int MOST_SECONDS = 86_400;
    private static final ObjectWriter JSON = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

    @Spec
    CommandSpec spec;

    @Mixin
    PlatformOption option;

    @Parameters(index = "0", paramLabel = "INDEX")
    String index;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description = {
                "A search a line: the body of a request to _search, or {\"name\": \"...\", \"body\": {...}}, so that the",
                "latencies of each name are told."
            })
    List<Path> files;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "1",
            description = "Searches at a time. Default: ${DEFAULT-VALUE}.")
    int clients;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "30",
            description = "How long searches are begun and measured. Default: ${DEFAULT-VALUE}.")
    int seconds;

    @Option(
            names = "--warmup",
            paramLabel = "S",
            defaultValue = "0",
            description = "How long before that they are not measured. Default: ${DEFAULT-VALUE}.")
    int warmup;

    @Option(
            names = "--consistency",
            paramLabel = "LEVEL",
            defaultValue = "unsaid",
            description = "eventual, session (each client has one) or strong. Default: nothing is said.")
    Consistency consistency;

    @Option(names = "--json", description = "Tell it as a JSON object.")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        require("--clients", clients, 1, MOST_CLIENTS);
        require("--seconds", seconds, 1, MOST_SECONDS);
        require("--warmup", warmup, 0, MOST_SECONDS);
        List<BenchSearch> searches = BenchSearches.read(files);
        Platform platform = option.platform();
        GatewayClient gateway = PlatformOption.administrator(platform);
        // Fails here when nobody answers; fetches the token that all clients share.
        gateway.get("/");
        BenchRun run = measure(platform, new Bench(gateway, index, consistency, searches, clients));
        PrintWriter out = spec.commandLine().getOut();
        var report = new BenchReport(run);
        if (json) {
            out.println(JSON.writeValueAsString(report.members()));
        } else {
            report.lines().forEach(out::println);
        }
        return run.account().failed() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private BenchRun measure(Platform platform, Bench bench) throws IOException, InterruptedException {
        if (warmup > 0) {
            bench.run(Duration.ofSeconds(warmup));
        }
        CpuReading before = CpuReading.of(platform);
        long begin = System.nanoTime();
        Account account = bench.run(Duration.ofSeconds(seconds));
        double took = (System.nanoTime() - begin) / 1e9;
        CpuUse cpu = CpuUse.between(before, CpuReading.of(platform));
        return new BenchRun(index, clients, consistency, took, account, cpu);
    }

    private void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(spec.commandLine(), name + " must be " + least + " to " + most);
        }
    }
}
