package io.elpis.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PlatformLock;
import io.elpis.launcher.process.ProcessMark;
import io.elpis.launcher.process.RunRecord;
import io.elpis.launcher.process.RunRecords;
import io.elpis.launcher.process.Spawner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VigilTest {

    private static final ProcessMark ANOTHER_COMMAND = new ProcessMark(1, "1@another boot");

    @TempDir
    Path directory;

    private final StartGate gate = new StartGate();
    private final List<ProcessHandle> processes = new ArrayList<>();
    private PlatformHome home;

    @BeforeEach
    void makeHome() throws IOException {
        home = new PlatformHome(directory);
        home.create();
    }

    @AfterEach
    void endAll() {
        processes.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void failureStopsWhatWasStartedAndNothingElse() throws Exception {
        ProcessHandle former = process("query-1", ANOTHER_COMMAND);
        ProcessHandle mine;
        try (Vigil vigil = Vigil.locked(home, stop(), gate)) {
            mine = process("query-2", gate.keeper());
        }
        assertThat(mine.isAlive()).isFalse();
        assertThat(former.isAlive()).isTrue();
        assertThat(new RunRecords(home.runDirectory()).instances()).containsExactly("query-1");
        assertThatThrownBy(() -> gate.pass(() -> {
                    throw new AssertionError("started");
                }))
                .isInstanceOf(CommandFailure.class);
    }

    @Test
    void whatWasLetGoStaysAndOthersMayWork() throws Exception {
        try (Vigil vigil = Vigil.locked(home, stop(), gate)) {
            process("query-1", gate.keeper());
            assertThatThrownBy(() -> PlatformLock.take(home)).hasMessageContaining("another elpis command");
            vigil.letGo();
            PlatformLock.take(home).close();
        }
        assertThat(processes).allMatch(ProcessHandle::isAlive);
    }

    @Test
    void endingWaitsForAnotherCommandThatHasTheLock() throws Exception {
        ProcessHandle mine = process("query-1", gate.keeper());
        CompletableFuture<Void> ending;
        try (var lock = PlatformLock.take(home);
                Vigil vigil = Vigil.unlocked(home, stop(), gate)) {
            ending = CompletableFuture.runAsync(vigil::close, Thread::startVirtualThread);
            assertThat(mine.onExit())
                    .as("stopped while another command had the lock")
                    .isNotCompleted();
            lock.close();
            ending.get(30, TimeUnit.SECONDS);
        }
        assertThat(mine.isAlive()).isFalse();
    }

    @Test
    void commandWithoutTheLockBeginsNothing() throws Exception {
        ProcessHandle mine = process("query-1", gate.keeper());
        try (var lock = PlatformLock.take(home)) {
            assertThatThrownBy(() -> Vigil.locked(home, stop(), gate)).isInstanceOf(CommandFailure.class);
        }
        assertThat(mine.isAlive()).isTrue();
    }

    @Test
    void watchEndsWithTheDeathOfAllThatWasStartedHere() throws Exception {
        process("query-1", ANOTHER_COMMAND);
        ProcessHandle mine = process("query-2", gate.keeper());
        var told = new ArrayList<String>();
        try (Vigil vigil = Vigil.unlocked(home, stop(), gate)) {
            CompletableFuture<List<String>> watch = watch(vigil, told);
            mine.destroyForcibly();
            assertThat(watch.get(30, TimeUnit.SECONDS)).containsExactly("query-2");
        }
        assertThat(told).hasSizeLessThan(2).allSatisfy(line -> assertThat(line).startsWith("query-2 ended;"));
    }

    @Test
    void whatAnotherCommandStopsDidNotDie() throws Exception {
        ProcessHandle mine = process("query-1", gate.keeper());
        try (Vigil vigil = Vigil.unlocked(home, stop(), gate)) {
            CompletableFuture<List<String>> watch;
            try (var lock = PlatformLock.take(home)) {
                watch = watch(vigil, new ArrayList<>());
                mine.destroyForcibly();
                mine.onExit().get(30, TimeUnit.SECONDS);
                assertThatThrownBy(() -> watch.get(300, TimeUnit.MILLISECONDS))
                        .as("the other command is not done yet")
                        .isInstanceOf(TimeoutException.class);
                stop().stop("query-1");
            }
            assertThat(watch.get(30, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void whatASignalStopsDidNotDie() throws Exception {
        process("query-1", gate.keeper());
        var told = new ArrayList<String>();
        CompletableFuture<List<String>> watch;
        try (Vigil vigil = Vigil.unlocked(home, stop(), gate)) {
            watch = watch(vigil, told);
        }
        assertThat(watch.get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(told).isEmpty();
    }

    private static CompletableFuture<List<String>> watch(Vigil vigil, List<String> told) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return vigil.watch(told::add);
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private PlatformStop stop() {
        return new PlatformStop(home, Duration.ofSeconds(20), line -> {});
    }

    private ProcessHandle process(String instance, ProcessMark keeper) throws IOException {
        ProcessHandle process = Spawner.start(List.of("sleep", "600"), directory, directory.resolve(instance + ".out"));
        processes.add(process);
        new RunRecords(home.runDirectory())
                .store(new RunRecord(instance, ProcessMark.of(process).orElseThrow(), keeper));
        return process;
    }
}
