package io.elpis.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void processIsTheProgramItselfAndShrugsOffTheTerminalsSignals() throws Exception {
        Path output = directory.resolve("out");
        ProcessHandle process =
                Spawner.start(List.of("/bin/sh", "-c", "echo pid $$; while :; do sleep 0.1; done"), directory, output);
        try {
            await().atMost(DEADLINE).until(() -> Files.readString(output).contains("pid " + process.pid()));
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            new ProcessBuilder("kill", "-HUP", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(new ProcessTree(process).awaitEnd(Duration.ofMillis(500)))
                    .isFalse();
            assertThat(new ProcessTree(process).memoryBytes()).isPositive();
            assertThat(new ProcessTree(process).stop(DEADLINE)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void environmentComesOnTop() throws Exception {
        Path output = directory.resolve("out");
        ProcessHandle process = Spawner.start(
                List.of("/bin/sh", "-c", "echo $MORE; echo $PATH"), directory, output, Map.of("MORE", "of it"));
        assertThat(new ProcessTree(process).awaitEnd(DEADLINE)).isTrue();
        assertThat(Files.readString(output)).startsWith("of it\n").contains(System.getenv("PATH"));
    }

    @Test
    void killTakesTheChildrenAlong() throws Exception {
        Path output = directory.resolve("out");
        ProcessHandle process =
                Spawner.start(List.of("/bin/sh", "-c", "sleep 600 & echo child $!; wait"), directory, output);
        await().atMost(DEADLINE).until(() -> Files.readString(output).matches("child \\d+\\n"));
        long child = Long.parseLong(Files.readString(output).replaceAll("\\D", ""));
        new ProcessTree(process).kill();
        await().atMost(DEADLINE)
                .until(() -> ProcessHandle.of(child).flatMap(ProcessMark::of).isEmpty());
    }
}
