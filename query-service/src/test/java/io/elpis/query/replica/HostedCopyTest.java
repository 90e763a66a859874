package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.protocol.record.LogRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostedCopyTest {
    private static final CopyPlan PLAN = new CopyPlan(TestLog.SHARD, new LogAddress("elpis.index.test", 0), 1);

    @TempDir
    Path directory;

    private final Workers workers = Workers.start(2);
    private final Semaphore changes = new Semaphore(0);
    private final ListLog log = new ListLog();
    private HostedCopy copy = hosted(Path.of("unused"));

    @AfterEach
    void close() {
        copy.close();
        workers.close();
    }

    private HostedCopy hosted(Path place) {
        return new HostedCopy(
                PLAN,
                new CopyStorage(place, CopySettings.DEFAULT, TestLog.SCHEMAS),
                HostingSettings.DEFAULT,
                workers,
                log,
                changes::release);
    }

    private void start() {
        copy = hosted(directory);
        copy.start();
    }

    private void append(TestLog entries) {
        entries.entries().forEach(entry -> log.append(entry.value()));
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            assertThat(changes.tryAcquire(10, TimeUnit.SECONDS))
                    .as("%s", copy.status())
                    .isTrue();
        }
    }

    @Test
    void servesOnceItHasCaughtUp() throws Exception {
        append(new TestLog().mapping(1).index("a", "one").index("b", "two"));
        start();
        await(copy::isServing);
        assertThat(copy.status().documents()).isEqualTo(2);
        assertThat(copy.status().visibleOffset()).isEqualTo(3);
    }

    @Test
    void continuesFromItsCommit() throws Exception {
        append(new TestLog().mapping(1).index("a", "one"));
        start();
        await(copy::isServing);
        copy.close();
        start();
        await(copy::isServing);
        assertThat(copy.status().documents()).isEqualTo(1);
        assertThat(copy.copy()).isNotNull();
    }

    @Test
    void aBrokenLogMeansABuildFromTheBeginning() throws Exception {
        append(new TestLog().mapping(1).index("a", "one"));
        start();
        await(copy::isServing);
        ShardCopy before = copy.copy();
        log.breakOff();
        await(() -> copy.isServing() && copy.copy() != before);
        assertThat(copy.status().documents()).isEqualTo(1);
    }

    @Test
    void aRecordOfALaterFormatStopsTheCopy() throws Exception {
        append(new TestLog().mapping(1));
        start();
        await(copy::isServing);
        log.append(LogRecord.newBuilder().setFormatVersion(99).build().toByteArray());
        await(() -> copy.status().phase() == CopyPhase.FAILED);
        assertThat(copy.status().reason()).contains("format 99");
        assertThat(copy.status().nextOffset()).isEqualTo(1);
        assertThatThrownBy(() -> copy.appliedUpTo(5).get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void aPoisonousRecordStopsNobody() throws Exception {
        append(new TestLog().mapping(1));
        start();
        log.append("poison".getBytes(StandardCharsets.UTF_8));
        append(new TestLog().index("a", "one"));
        copy.appliedUpTo(3).get(10, TimeUnit.SECONDS);
        await(copy::isServing);
        assertThat(copy.status().documents()).isEqualTo(1);
    }

    @Test
    void anIdleCopyIsRefreshedByTheNextSearch() throws Exception {
        append(new TestLog().mapping(1));
        start();
        await(copy::isServing);
        copy.refreshEvery(Duration.ZERO);
        append(new TestLog().index("a", "one"));
        copy.appliedUpTo(2).get(10, TimeUnit.SECONDS);
        copy.upkeep(System.nanoTime());
        assertThat(copy.status().visibleOffset()).isEqualTo(1);
        copy.beforeSearch();
        assertThat(copy.status().visibleOffset()).isEqualTo(2);
    }
}
