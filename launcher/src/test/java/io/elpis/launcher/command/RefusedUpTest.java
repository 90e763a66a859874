package io.elpis.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PlatformLock;
import io.elpis.launcher.platform.PlatformPlan;
import io.elpis.launcher.platform.PlatformShape;
import io.elpis.launcher.process.ProcessMark;
import io.elpis.launcher.process.RunRecord;
import io.elpis.launcher.process.RunRecords;
import io.elpis.launcher.process.Spawner;
import io.elpis.launcher.service.Fleet;
import io.elpis.launcher.service.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command that is refused, in a process of its own as at a terminal, leaves everything running. */
class RefusedUpTest {

    private static final PlatformShape SHAPE = new PlatformShape(3, 2, 1, 1, "127.0.0.1", 18_080);

    @TempDir
    Path directory;

    private final Map<String, ProcessHandle> running = new LinkedHashMap<>();
    private PlatformHome home;

    @BeforeEach
    void startStandIns() throws IOException {
        home = new PlatformHome(directory.resolve(".elpis"));
        home.create();
        PlatformPlan plan = PlatformPlan.fresh(SHAPE);
        for (Instance instance : Fleet.of(SHAPE).instances()) {
            start(instance.name());
            plan = plan.withPort(instance.port(), 18_081);
        }
        plan.store(home);
    }

    @AfterEach
    void endStandIns() {
        running.values().forEach(ProcessHandle::destroyForcibly);
    }

    @ParameterizedTest
    @CsvSource({
        "up -d --brokers 3, cannot be changed",
        "up --brokers 3, cannot be changed",
        "up -d --port 19999, gateway-1 runs as it was asked for before",
        "up --nodes 2, query-3 runs as it was asked for before",
        "up --nodes 0, --nodes must be 1 to 64",
        "up --nodes many, Invalid value",
        "demo --port 19999, gateway-1 runs as it was asked for before",
    })
    void refusedShapeLeavesAllRunning(String line, String words) throws Exception {
        assertThat(run(line)).contains(words);
        assertThat(running.values()).hasSize(10).allMatch(ProcessHandle::isAlive);
    }

    @Test
    void commandThatFindsTheLockTakenLeavesAllRunning() throws Exception {
        try (var lock = PlatformLock.take(home)) {
            assertThat(run("up")).contains("another elpis command is starting or stopping processes");
        }
        assertThat(running.values()).allMatch(ProcessHandle::isAlive);
    }

    @Test
    void failureToAddWhatIsMissingLeavesTheOthersRunning() throws Exception {
        ProcessHandle gone = Objects.requireNonNull(running.remove("query-3"));
        gone.destroyForcibly();
        gone.onExit().get(30, TimeUnit.SECONDS);
        assertThat(run("up")).contains("is not built");
        assertThat(running.values()).hasSize(9).allMatch(ProcessHandle::isAlive);
    }

    private void start(String instance) throws IOException {
        ProcessHandle process = Spawner.start(List.of("sleep", "600"), directory, home.output(instance));
        running.put(instance, process);
        new RunRecords(home.runDirectory())
                .store(new RunRecord(instance, ProcessMark.of(process).orElseThrow(), null));
    }

    /** Runs a command that fails, and returns what it said. */
    private String run(String line) throws Exception {
        Path said = directory.resolve("said");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Delpis.root=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                "io.elpis.launcher.Elpis"));
        command.addAll(List.of(line.split(" ")));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(said)).isIn(1, 2);
            return Files.readString(said);
        } finally {
            process.destroyForcibly();
        }
    }
}
