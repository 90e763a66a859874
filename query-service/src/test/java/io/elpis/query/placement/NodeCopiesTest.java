package io.elpis.query.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.query.lucene.Schema;
import io.elpis.query.replica.CopyPlan;
import io.elpis.query.replica.CopySettings;
import io.elpis.query.replica.CopyStorage;
import io.elpis.query.replica.DeadLetterOutbox;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.replica.HostingSettings;
import io.elpis.query.replica.ListLog;
import io.elpis.query.replica.LogAddress;
import io.elpis.query.replica.MappingState;
import io.elpis.query.replica.TestLog;
import io.elpis.query.replica.UnreadableMappingException;
import io.elpis.query.replica.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class NodeCopiesTest {
    private static final HostingSettings QUICK = new HostingSettings(
            1 << 20,
            1_000,
            Duration.ofHours(1),
            1 << 30,
            Duration.ofHours(1),
            Duration.ofMillis(5),
            Duration.ofMillis(5),
            Duration.ofMillis(20));

    @TempDir
    Path directory;

    private final Workers workers = Workers.start(2);
    private final ListLog log = new ListLog();
    private final Semaphore changes = new Semaphore(0);
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        released.countDown();
        workers.close();
    }

    @Test
    void aCopyThatHangsIsDroppedWithoutWaitingForItsApplier() throws InterruptedException {
        NodeCopies copies = copies();
        copies.hold(plan(1));
        hanging.await();

        copies.drop(TestLog.SHARD);

        assertThat(copies.find(TestLog.SHARD)).isNull();
        copies.sweep();
        assertThat(shard()).as("not taken from below an applier").isNotEmptyDirectory();
        released.countDown();
        copies.close();
        assertThat(shard()).doesNotExist();
    }

    @Test
    void theNextCopyOfAShardBeginsWhenTheOneBeforeIsGone() throws InterruptedException {
        NodeCopies copies = copies();
        copies.hold(plan(1));
        hanging.await();

        copies.hold(plan(2));

        HostedCopy next = Objects.requireNonNull(copies.find(TestLog.SHARD));
        assertThat(next.plan()).isEqualTo(plan(2));
        assertThat(next.copy()).as("the directory is not free").isNull();
        released.countDown();
        await(next::isServing);
        assertThat(Files.exists(shard())).isTrue();
        copies.close();
    }

    private NodeCopies copies() {
        new TestLog().mapping(1).index("a", "first").entries().forEach(entry -> log.append(entry.value()));
        return new NodeCopies(
                directory,
                1 << 20,
                (plan, place) -> new HostedCopy(
                        plan,
                        new CopyStorage(place, CopySettings.DEFAULT, this::schema, DeadLetterOutbox.NOWHERE),
                        QUICK,
                        workers,
                        log,
                        changes::release));
    }

    /** Where the applier hangs. */
    private Schema schema(MappingState mapping) throws UnreadableMappingException {
        if (mapping.version() > 0) {
            hanging.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return TestLog.SCHEMAS.read(mapping);
    }

    private static CopyPlan plan(long generation) {
        return new CopyPlan(TestLog.SHARD, new LogAddress("elpis.index.test", 0), generation);
    }

    private Path shard() {
        return directory.resolve(TestLog.SHARD.index().hex()).resolve(Integer.toString(TestLog.SHARD.shard()));
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            assertThat(changes.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
