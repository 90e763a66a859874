package io.elpis.launcher.command;

import io.elpis.launcher.cpu.CpuReading;
import io.elpis.launcher.cpu.CpuUse;
import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.load.LoadProgress;
import io.elpis.launcher.load.LoadSummary;
import io.elpis.launcher.load.Loader;
import io.elpis.launcher.load.ProgressLine;
import io.elpis.launcher.record.Inputs;
import io.elpis.launcher.record.RecordSource;
import io.elpis.launcher.supervision.Platform;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "load",
        description = {
            "Loads JSON Lines, CSV, HTML pages and javadoc jars into an index, which is made when it is missing.",
            "A load that was interrupted may be repeated: it makes no duplicates.",
            "Exit code 0: all records are in, 1: some failed."
        })
final class LoadCommand implements Callable<Integer> {

    private static final int PARALLEL = 4;
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
            paramLabel = "FILE|DIR",
            description = ".jsonl .ndjson .json (an object a line), .csv, .html, .jar or .zip with HTML, directories.")
    List<Path> paths;

    @Option(
            names = "--id-field",
            paramLabel = "FIELD",
            description = "Field that holds a record's id. Default: ids are made from file and position.")
    @Nullable
    String idField;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "500",
            description = "Records a request. Default: ${DEFAULT-VALUE}.")
    int batch;

    @Option(names = "--json", description = "Tell what got in and what did not as a JSON object.")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (batch < 1 || batch > 10_000) {
            throw new ParameterException(spec.commandLine(), "--batch must be 1 to 10000");
        }
        List<RecordSource> sources = new Inputs(idField).of(paths);
        Platform platform = option.platform();
        LoadSummary summary = load(platform, index, sources, batch, json, spec);
        return summary.failed() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Loads, makes searchable, tells. */
    static LoadSummary load(
            Platform platform, String index, List<RecordSource> sources, int batch, boolean json, CommandSpec spec)
            throws IOException, InterruptedException {
        GatewayClient gateway = PlatformOption.administrator(platform);
        // Fails here, before anything is read, when nobody answers.
        gateway.get("/");
        CpuReading before = CpuReading.of(platform);
        long begin = System.nanoTime();
        LoadSummary summary;
        try (LoadProgress progress = progress(index, sources)) {
            summary = new Loader(gateway, index, batch, PARALLEL, progress).load(sources);
        }
        GatewayClient.Answer refreshed = gateway.request(
                "POST", "/" + GatewayClient.segment(index) + "/_refresh", "application/json", new byte[0]);
        if (!refreshed.ok()) {
            throw PlatformOption.refused(refreshed);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        CpuUse cpu = CpuUse.between(before, CpuReading.of(platform));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(summary.members(index, seconds, cpu)));
        } else {
            summary.lines(index, seconds, cpu).forEach(out::println);
        }
        requireSearchable(refreshed.json().path("_shards"));
        return summary;
    }

    private static void requireSearchable(JsonNode shards) {
        if (shards.path("failed").asInt() > 0 || shards.path("successful").asInt() == 0) {
            throw new CommandFailure("what was loaded cannot be searched everywhere yet: %d of %d copies were refreshed"
                    .formatted(
                            shards.path("successful").asInt(),
                            shards.path("total").asInt()));
        }
    }

    private static LoadProgress progress(String index, List<RecordSource> sources) throws IOException {
        if (System.console() == null || !System.console().isTerminal()) {
            return LoadProgress.SILENT;
        }
        long bytes = 0;
        for (RecordSource source : sources) {
            bytes += source.size();
        }
        return new ProgressLine(index, bytes);
    }
}
