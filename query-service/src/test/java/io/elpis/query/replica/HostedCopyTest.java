package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.protocol.record.LogRecord;
import io.elpis.query.lucene.Schema;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostedCopyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HostingSettings QUICK = new HostingSettings(
            1 << 20,
            1_000,
            Duration.ofHours(1),
            1 << 30,
            Duration.ofHours(1),
            Duration.ofMillis(5),
            Duration.ofMillis(5),
            Duration.ofMillis(20));
    private static final CopyPlan PLAN = new CopyPlan(TestLog.SHARD, new LogAddress("elpis.index.test", 0), 1);

    @TempDir
    Path directory;

    private final Workers workers = Workers.start(2);
    private final Semaphore changes = new Semaphore(0);
    private final ListLog log = new ListLog();
    private volatile Runnable beforeSchema = () -> {};
    private HostedCopy copy = hosted(Path.of("unused"));

    @AfterEach
    void close() {
        copy.close().join();
        workers.close();
    }

    private HostedCopy hosted(Path place) {
        return new HostedCopy(
                PLAN,
                new CopyStorage(place, CopySettings.DEFAULT, this::schema, DeadLetterOutbox.NOWHERE),
                QUICK,
                workers,
                log,
                changes::release);
    }

    /** A schema reader of which a test may say what else happens. */
    private Schema schema(MappingState mapping) throws UnreadableMappingException {
        beforeSchema.run();
        return TestLog.SCHEMAS.read(mapping);
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
        copy.close().join();
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
        assertThat(copy.status().nextOffset()).isLessThanOrEqualTo(1);
        assertThat(copy.isServing()).isFalse();
        assertThatThrownBy(() -> copy.catchUp().applied(5, PATIENCE).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class);
    }

    @Test
    void aPoisonousRecordStopsNobody() throws Exception {
        append(new TestLog().mapping(1));
        start();
        log.append("poison".getBytes(StandardCharsets.UTF_8));
        append(new TestLog().index("a", "one"));
        copy.catchUp().applied(3, PATIENCE).get(10, TimeUnit.SECONDS);
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
        copy.catchUp().applied(2, PATIENCE).get(10, TimeUnit.SECONDS);
        copy.upkeep(System.nanoTime());
        assertThat(copy.status().visibleOffset()).isEqualTo(1);
        copy.beforeSearch();
        assertThat(copy.status().visibleOffset()).isEqualTo(2);
    }

    @Test
    void aCopyThatFailedForAWhileServesAgain() throws Exception {
        append(new TestLog().mapping(1).index("a", "one"));
        AtomicInteger failures = new AtomicInteger(3);
        beforeSchema = () -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
        };
        start();
        await(copy::isServing);
        assertThat(copy.status().reason()).isEmpty();
        assertThat(copy.status().documents()).isEqualTo(1);
        assertThat(failures.get()).isNegative();
        copy.catchUp().applied(2, PATIENCE).get(10, TimeUnit.SECONDS);
    }

    @Test
    void aCopyThatFailsAgainAtTheSameRecordStaysFailed() throws Exception {
        append(new TestLog().mapping(1));
        start();
        await(copy::isServing);
        log.append(LogRecord.newBuilder().setFormatVersion(99).build().toByteArray());
        await(() -> copy.status().phase() == CopyPhase.FAILED);
        for (int change = 0; change < 8; change++) {
            assertThat(changes.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(copy.status().phase()).isEqualTo(CopyPhase.FAILED);
        }
    }

    @Test
    void aLogThatCouldNotBeFollowedIsFollowedAgain() throws Exception {
        append(new TestLog().mapping(1));
        start();
        await(copy::isServing);
        log.failFollowing();
        append(new TestLog().index("a", "one"));
        await(() -> copy.isServing() && copy.status().documents() == 1);
        assertThat(copy.status().reason()).isEmpty();
    }

    @Test
    void aDamagedCopyIsBuiltAgain() throws Exception {
        append(new TestLog().mapping(1).index("a", "one"));
        start();
        await(copy::isServing);
        copy.close().join();
        int deleted = 0;
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(directory, "_*.{cfs,fdt}")) {
            for (Path segment : segments) {
                Files.delete(segment);
                deleted++;
            }
        }
        assertThat(deleted).isPositive();
        start();
        await(copy::isServing);
        assertThat(copy.status().documents()).isEqualTo(1);
    }

    @Test
    void aDistrustedCopyIsBuiltAgainOnceItsLogAnswers() throws Exception {
        append(new TestLog().mapping(1).index("a", "one"));
        start();
        await(copy::isServing);
        ShardCopy distrusted = Objects.requireNonNull(copy.copy());
        assertThat(copy.discard(distrusted, "distrusted").get(10, TimeUnit.SECONDS))
                .isTrue();
        await(copy::isServing);
        assertThat(copy.copy()).isNotSameAs(distrusted);
        assertThat(copy.status().documents()).isEqualTo(1);
        ShardCopy again = Objects.requireNonNull(copy.copy());
        log.refuse();
        assertThat(copy.discard(again, "distrusted").get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(copy.copy()).isSameAs(again);
        assertThat(copy.isServing()).isTrue();
    }

    @Test
    void aListenersMistakeIsNotTheCopys() throws Exception {
        append(new TestLog().mapping(1));
        start();
        await(copy::isServing);
        AtomicInteger told = new AtomicInteger();
        copy.onApplied(() -> {
            told.incrementAndGet();
            throw new IllegalStateException("listener");
        });
        append(new TestLog().index("a", "one"));
        copy.catchUp().applied(2, PATIENCE).get(10, TimeUnit.SECONDS);
        append(new TestLog().index("b", "two"));
        copy.catchUp().applied(3, PATIENCE).get(10, TimeUnit.SECONDS);
        assertThat(copy.isServing()).isTrue();
        assertThat(told).hasValue(1);
    }

    @Test
    void aDrainingCopyServesOn() throws Exception {
        append(new TestLog().mapping(1));
        start();
        copy.drain();
        await(copy::isServing);
        assertThat(copy.status().phase()).isEqualTo(CopyPhase.DRAINING);
    }
}
