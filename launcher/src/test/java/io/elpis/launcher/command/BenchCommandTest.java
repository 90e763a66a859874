package io.elpis.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.bench.SearchServer;
import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PlatformPlan;
import io.elpis.launcher.platform.PlatformShape;
import io.elpis.launcher.process.ProcessMark;
import io.elpis.launcher.process.RunRecord;
import io.elpis.launcher.process.RunRecords;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command with a gateway that is this very process. */
class BenchCommandTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private SearchServer server;

    @BeforeEach
    void start() throws IOException {
        System.setProperty("elpis.root", directory.toString());
        server = new SearchServer();
        var home = new PlatformHome(directory.resolve(".elpis"));
        home.create();
        PlatformPlan.fresh(new PlatformShape(3, 2, 1, 1, "127.0.0.1", server.port()))
                .store(home);
        new RunRecords(home.runDirectory()).store(new RunRecord("gateway-1", ProcessMark.own(), null));
    }

    @AfterEach
    void stop() {
        server.close();
        System.clearProperty("elpis.root");
    }

    @Test
    void answersAndTheirCostAreTold() throws IOException {
        assertThat(bench("{\"name\": \"plain\", \"body\": {\"size\": 1}}")).isEqualTo(ExitCode.DONE);
        JsonNode told = JsonMapper.builder().build().readTree(out.toString());
        assertThat(told.path("answered").asLong()).isPositive();
        assertThat(told.path("seconds").asDouble()).isGreaterThanOrEqualTo(1);
        assertThat(told.at("/latency_ms/p99").asDouble()).isPositive();
        assertThat(told.at("/latency_ms_by_name/plain/answers").asLong())
                .isEqualTo(told.path("answered").asLong());
        assertThat(told.at("/cpu_ms_per_search_by_service/gateway").asDouble()).isPositive();
    }

    @Test
    void oneFailureIsEnoughToFail() throws IOException {
        assertThat(bench("{\"size\": 1}\n{\"refuse\": 1}")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("400 parsing_exception");
    }

    private int bench(String searches) throws IOException {
        Path file = Files.writeString(directory.resolve("searches.jsonl"), searches);
        CommandLine commandLine = ElpisCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        return commandLine.execute("bench", "pages", file.toString(), "--seconds", "1", "--json");
    }
}
