package io.elpis.launcher.command;

import io.elpis.launcher.advice.Advice;
import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.supervision.InstanceStatus;
import io.elpis.launcher.supervision.Platform;
import io.elpis.launcher.supervision.StatusQuery;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "status",
        description = "Shows processes and shard copies. Exit code 0: something runs, 3: nothing runs.")
final class StatusCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final long MEBIBYTE = 1 << 20;

    @Spec
    CommandSpec spec;

    @Mixin
    PlatformOption option;

    @Option(names = "--json", description = "For programs.")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PlatformHome home = option.home();
        if (!home.exists()) {
            throw new CommandFailure(
                    "there is no platform in " + home.directory() + ": " + Advice.line(home.directory(), "up", "-d")
                            + " makes one",
                    ExitCode.NOT_RUNNING);
        }
        Platform platform = option.platform();
        List<InstanceStatus> processes = new StatusQuery(platform).all();
        JsonNode shards = shards(platform);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Map.of("processes", processes, "shards", shards)));
        } else {
            printProcesses(processes, out);
            printShards(shards, out);
        }
        boolean runs = processes.stream().anyMatch(process -> process.pid() != null);
        return runs ? ExitCode.DONE : ExitCode.NOT_RUNNING;
    }

    /** No shards, and a word why, when the platform cannot be asked: the processes are known all the same. */
    private JsonNode shards(Platform platform) throws InterruptedException {
        try {
            GatewayClient.Answer answer = PlatformOption.gateway(
                            platform, "admin", platform.secrets().adminPassword())
                    .get("/_elpis/shards");
            if (answer.ok() && answer.json().isArray()) {
                return answer.json();
            }
            warn("the platform answered " + answer.status());
        } catch (IOException | CommandFailure e) {
            warn(String.valueOf(e.getMessage()));
        }
        return JSON.createArrayNode();
    }

    private void warn(String reason) {
        spec.commandLine().getErr().println("elpis: shards unknown: " + reason);
    }

    private static void printProcesses(List<InstanceStatus> processes, PrintWriter out) {
        out.printf("%-14s %-9s %8s %7s %-8s %8s%n", "INSTANCE", "STATE", "PID", "PORT", "ZONE", "MEMORY");
        long sum = 0;
        for (InstanceStatus process : processes) {
            out.printf(
                    "%-14s %-9s %8s %7d %-8s %6d M%n",
                    process.instance(),
                    process.state(),
                    process.pid() == null ? "-" : process.pid(),
                    process.port(),
                    process.zone(),
                    process.memoryBytes() / MEBIBYTE);
            sum += process.memoryBytes();
        }
        out.printf("%-14s %50d M%n", "together", sum / MEBIBYTE);
    }

    private static void printShards(JsonNode shards, PrintWriter out) {
        if (shards.isEmpty()) {
            return;
        }
        out.printf("%n%-24s %5s %-12s %-11s %12s %8s%n", "INDEX", "SHARD", "NODE", "STATE", "APPLIED", "LAG");
        for (JsonNode shard : shards) {
            out.printf(
                    "%-24s %5d %-12s %-11s %12d %8s%n",
                    shard.path("index").asString(),
                    shard.path("shard").asInt(),
                    shard.path("node").asString(),
                    shard.path("state").asString(),
                    shard.path("applied_offset").asLong(),
                    shard.path("lag").isNumber() ? shard.path("lag").asString() : "-");
        }
    }
}
