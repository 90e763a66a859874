package io.elpis.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.launcher.installation.Installation;
import io.elpis.launcher.installation.Programs;
import io.elpis.launcher.platform.FreePorts;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PlatformPlan;
import io.elpis.launcher.platform.PlatformShape;
import io.elpis.launcher.process.ProcessMark;
import io.elpis.launcher.process.RunRecord;
import io.elpis.launcher.process.RunRecords;
import io.elpis.launcher.process.Spawner;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.service.PortChoice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With processes that live and answer nothing, or whatever listens at their ports. */
class PlatformStartTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path directory;

    private final List<ProcessHandle> processes = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Platform platform;
    private Programs programs;

    @BeforeEach
    void makePlatform() throws IOException {
        var home = new PlatformHome(directory.resolve("data"));
        home.create();
        var installation = new Installation(directory);
        programs = new Programs(installation, false, Map.of());
        PlatformPlan plan = PlatformPlan.fresh(new PlatformShape(1, 1, 1, 1, "127.0.0.1", 8080));
        platform = new Platform(home, plan, installation);
        platform = platform.withPlan(new PortChoice(new FreePorts(new SecureRandom()))
                .choose(plan, platform.fleet().instances()));
    }

    @AfterEach
    void endAll() {
        processes.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void deadlineNamesWhoLivesAndWhoWasNotStarted() throws Exception {
        run("kafka-1", "600");
        run("discovery-1", "600");
        assertThatThrownBy(() -> start(SHORT, "kafka-1", "discovery-1", "query-1"))
                .isInstanceOf(StartTooSlow.class)
                .hasMessageStartingWith("not ready within 0 s: ")
                .hasMessageContaining("kafka-1, discovery-1 (alive and starting); query-1 (not started yet)");
        assertThat(processes).hasSize(2).allMatch(ProcessHandle::isAlive);
    }

    @Test
    void whatRunsAlreadyIsWaitedForAndNotStartedAgain() throws Exception {
        run("kafka-1", "600");
        int port = platform.port(platform.fleet().instance("kafka-1"));
        try (var listening = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            start(Duration.ofSeconds(30), "kafka-1");
        }
        assertThat(told).hasSize(1).first().asString().startsWith("kafka-1 ").contains("ready after");
        assertThat(processes).allMatch(ProcessHandle::isAlive);
    }

    @Test
    void processThatEndsWhileItIsWaitedForIsAFailureAtOnce() throws Exception {
        run("kafka-1", "2");
        run("discovery-1", "600");
        assertThatThrownBy(() -> start(Duration.ofMinutes(5), "kafka-1", "discovery-1"))
                .hasMessageStartingWith("kafka-1 ended while it started");
    }

    private void start(Duration deadline, String... names) throws IOException, InterruptedException {
        List<Instance> instances = List.of(names).stream()
                .map(name -> platform.fleet().instance(name))
                .toList();
        new PlatformStart(platform, programs, new StartGate(), deadline, told::add).start(instances);
    }

    private void run(String instance, String seconds) throws IOException {
        ProcessHandle process =
                Spawner.start(List.of("sleep", seconds), directory, directory.resolve(instance + ".out"));
        processes.add(process);
        new RunRecords(platform.home().runDirectory())
                .store(new RunRecord(instance, ProcessMark.of(process).orElseThrow(), null));
    }
}
