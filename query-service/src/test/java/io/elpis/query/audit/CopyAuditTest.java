package io.elpis.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.AuditCopyRequest;
import io.elpis.protocol.node.AuditCopyResponse;
import io.elpis.protocol.node.CopyAuditGrpc;
import io.elpis.protocol.node.CopyAuditGrpc.CopyAuditBlockingStub;
import io.elpis.protocol.node.RebuildCopyRequest;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.record.AuditBarrier;
import io.elpis.protocol.record.Barrier;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.Position;
import io.elpis.query.lucene.Schema;
import io.elpis.query.replica.CopyPlan;
import io.elpis.query.replica.CopySettings;
import io.elpis.query.replica.CopyStorage;
import io.elpis.query.replica.DeadLetterOutbox;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.replica.HostingSettings;
import io.elpis.query.replica.ListLog;
import io.elpis.query.replica.LogAddress;
import io.elpis.query.replica.LogEntry;
import io.elpis.query.replica.LogReceiver;
import io.elpis.query.replica.LogSource;
import io.elpis.query.replica.MappingState;
import io.elpis.query.replica.ShardCopy;
import io.elpis.query.replica.TestLog;
import io.elpis.query.replica.Workers;
import io.elpis.support.identity.Caller;
import io.elpis.support.rpc.BearerCredentials;
import io.elpis.support.rpc.CallerInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Audits of real copies on disk, over real gRPC. */
final class CopyAuditTest {
    private static final HostingSettings QUICK = new HostingSettings(
            1 << 20,
            1_000,
            Duration.ofHours(1),
            1 << 30,
            Duration.ofHours(1),
            Duration.ofMillis(5),
            Duration.ofMillis(5),
            Duration.ofMillis(20));
    private static final LogAddress ADDRESS = new LogAddress("elpis.index.test", 0);

    @TempDir
    Path directory;

    private final Workers workers = Workers.start(2);
    private final Semaphore changes = new Semaphore(0);
    private final ExecutorService auditThread = Executors.newSingleThreadExecutor();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AuditMetrics metrics = new AuditMetrics(meters);
    private final Map<ShardId, HostedCopy> copies = new HashMap<>();
    private final CopyAuditor auditor = new CopyAuditor(
            copies::values, new AuditProperties(Duration.ofHours(1), DataSize.ofMegabytes(1)), auditThread, metrics);
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void open() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .directExecutor()
                .intercept(new CallerInterceptor(
                        token -> new Caller("somebody", Set.of(token), Instant.MAX, token), Runnable::run))
                .addService(new CopyAuditService(copies::get, auditor, metrics))
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.shutdownNow();
        auditThread.shutdownNow();
        copies.values().forEach(HostedCopy::close);
        workers.close();
    }

    private CopyAuditBlockingStub as(String scope) {
        return CopyAuditGrpc.newBlockingStub(channel)
                .withCallCredentials(BearerCredentials.forwarding(scope))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    /** Two copies on one node cannot be, so the second goes by the name of another shard; its log is the first's. */
    private HostedCopy host(int shard, LogSource log) {
        ShardId id = new ShardId(TestLog.SHARD.index(), shard);
        HostedCopy copy = new HostedCopy(
                new CopyPlan(id, ADDRESS, 1),
                new CopyStorage(
                        directory.resolve("copy" + shard),
                        CopySettings.DEFAULT,
                        TestLog.SCHEMAS,
                        DeadLetterOutbox.NOWHERE),
                QUICK,
                workers,
                log,
                changes::release);
        copies.put(id, copy);
        copy.start();
        return copy;
    }

    private static ListLog log(TestLog records) {
        ListLog log = new ListLog();
        records.entries().forEach(entry -> log.append(entry.value()));
        return log;
    }

    private static TestLog documents() {
        TestLog records = new TestLog().mapping(1);
        for (int document = 0; document < 20; document++) {
            records.index("id" + document, "title " + document);
        }
        return records.delete("id3").mark();
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            assertThat(changes.tryAcquire(10, TimeUnit.SECONDS))
                    .as("%s", copies.values().stream().map(HostedCopy::status).toList())
                    .isTrue();
        }
    }

    private static AuditCopyRequest.Builder atMark(HostedCopy copy, TestLog records) {
        long offset = records.end() - 1;
        return AuditCopyRequest.newBuilder()
                .setShard(ShardWire.write(copy.plan().shard()))
                .setMark(Position.newBuilder().setGeneration(1).setOffset(offset))
                .setBarrierId(AuditBarrier.of(new UUID(5, offset)).getBarrierId());
    }

    @Test
    void copiesOfOneLogAgreeAtAMark() throws Exception {
        TestLog records = documents();
        ListLog log = log(records);
        HostedCopy first = host(0, log);
        AuditCopyResponse one = as("internal").auditCopy(atMark(first, records).build());
        HostedCopy second = host(1, log(records));
        AuditCopyResponse two = as("internal").auditCopy(atMark(second, records).build());
        assertThat(one.getDigest()).hasSize(32);
        assertThat(one.getDocuments()).isEqualTo(19);
        assertThat(one.getNextSeqNo()).isEqualTo(21);
        assertThat(two).isEqualTo(one);
        AuditCopyResponse verified =
                as("internal").auditCopy(atMark(first, records).setVerify(true).build());
        assertThat(verified).isEqualTo(one.toBuilder().setVerified(true).build());
        assertThat(meters.counter("elpis.query.audit.checks").count()).isEqualTo(1);
    }

    @Test
    void aCopyThatIsNotThereYetIsWaitedFor() throws Exception {
        TestLog records = documents();
        ListLog log = log(new TestLog());
        HostedCopy copy = host(0, log);
        await(copy::isServing);
        var answer = CopyAuditGrpc.newFutureStub(channel)
                .withCallCredentials(BearerCredentials.forwarding("internal"))
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .auditCopy(atMark(copy, records).build());
        records.entries().forEach(entry -> log.append(entry.value()));
        assertThat(answer.get(20, TimeUnit.SECONDS).getDocuments()).isEqualTo(19);
    }

    @Test
    void onlyServicesAreAnsweredAndOnlyOfWhatIsHere() throws Exception {
        TestLog records = documents();
        HostedCopy copy = host(0, log(records));
        await(copy::isServing);
        assertRefused("manage", atMark(copy, records), Status.Code.PERMISSION_DENIED, "internal");
        assertRefused(
                "internal",
                atMark(copy, records).setBarrierId(ByteString.copyFromUtf8("audit-other")),
                Status.Code.UNAVAILABLE,
                "remembers no audit");
        assertRefused(
                "internal",
                atMark(copy, records)
                        .setMark(Position.newBuilder().setGeneration(2).setOffset(0)),
                Status.Code.UNAVAILABLE,
                "generation 1");
        assertRefused(
                "internal",
                atMark(copy, records).setShard(ShardWire.write(new ShardId(new IndexUuid(new UUID(9, 9)), 0))),
                Status.Code.UNAVAILABLE,
                "not on this node");
        assertThatThrownBy(() -> as("manage")
                        .rebuildCopy(RebuildCopyRequest.newBuilder()
                                .setShard(ShardWire.write(copy.plan().shard()))
                                .setGeneration(1)
                                .build()))
                .isInstanceOf(StatusRuntimeException.class);
        assertThat(copy.isServing()).isTrue();
    }

    private void assertRefused(String scope, AuditCopyRequest.Builder request, Status.Code code, String reason) {
        assertThatThrownBy(() -> as(scope).auditCopy(request.build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(code))
                .hasMessageContaining(reason);
    }

    @Test
    void aDamagedCopyIsTakenOutAndBuiltAgain() throws Exception {
        TestLog records = documents();
        HostedCopy copy = host(0, log(records));
        await(copy::isServing);
        ShardCopy before = copy.copy();
        AuditCopyResponse sound =
                as("internal").auditCopy(atMark(copy, records).setVerify(true).build());
        flipBitsOfEachFile(directory.resolve("copy0"));
        AuditCopyResponse damaged =
                as("internal").auditCopy(atMark(copy, records).setVerify(true).build());
        assertThat(damaged.getDamage()).contains("checksum");
        assertThat(damaged.getVerified()).isTrue();
        assertThat(damaged.getDigest()).isEmpty();
        await(() -> copy.isServing() && copy.copy() != before);
        assertThat(copy.status().documents()).isEqualTo(19);
        assertThat(as("internal")
                        .auditCopy(atMark(copy, records).setVerify(true).build()))
                .isEqualTo(sound);
        assertThat(meters.counter("elpis.query.audit.damaged").count()).isEqualTo(1);
    }

    @Test
    void theBackgroundFindsDamageToo() throws Exception {
        HostedCopy copy = host(0, log(documents()));
        await(copy::isServing);
        ShardCopy before = Objects.requireNonNull(copy.copy());
        before.commit();
        flipBitsOfEachFile(directory.resolve("copy0"));
        long now = System.nanoTime();
        auditor.tick(now);
        auditThread.submit(() -> {}).get(10, TimeUnit.SECONDS);
        assertThat(copy.copy()).as("not due yet").isSameAs(before);
        auditor.tick(now + Duration.ofHours(2).toNanos());
        await(() -> copy.isServing() && copy.copy() != before);
        assertThat(copy.status().documents()).isEqualTo(19);
    }

    @Test
    void aCopyThatCannotCommitForAnAuditIsStopped() throws Exception {
        TestLog records = documents();
        HostedCopy copy = host(0, log(records));
        await(copy::isServing);
        ShardCopy before = copy.copy();
        deleteWhole(directory.resolve("copy0"));
        assertThatThrownBy(() -> as("internal")
                        .auditCopy(atMark(copy, records).setVerify(true).build()))
                .isInstanceOf(StatusRuntimeException.class);
        await(() -> copy.isServing() && copy.copy() != before);
        assertThat(copy.status().documents()).isEqualTo(19);
    }

    private static void deleteWhole(Path copy) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(copy)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(copy);
    }

    private static void flipBitsOfEachFile(Path copy) throws IOException {
        int flipped = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(copy, "_*")) {
            for (Path file : files) {
                try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    bytes.seek(bytes.length() / 2);
                    int value = bytes.read();
                    bytes.seek(bytes.length() / 2);
                    bytes.write(value ^ 0x10);
                    flipped++;
                }
            }
        }
        assertThat(flipped).isPositive();
    }

    @Test
    void aCopyThatSkippedARecordDiffersUntilItIsBuiltAgain() throws Exception {
        TestLog records = documents();
        HostedCopy honest = host(0, log(records));
        HostedCopy skipping = host(1, new SkippingLog(log(records), 7, follow -> follow == 1));
        assertDiffersUntilBuiltAgain(records, honest, skipping);
    }

    @Test
    void aCopyThatSkipsWhenTheDiskFailsDiffersUntilItIsBuiltAgain() throws Exception {
        TestLog records = documents();
        HostedCopy honest = host(0, log(records));
        AtomicBoolean failed = new AtomicBoolean();
        ShardId id = new ShardId(TestLog.SHARD.index(), 1);
        // Fails once, and the copy goes on after that as if the record had not been there.
        HostedCopy skipping = new HostedCopy(
                new CopyPlan(id, ADDRESS, 1),
                new CopyStorage(
                        directory.resolve("copy1"),
                        CopySettings.DEFAULT,
                        mapping -> failingOnce(mapping, failed),
                        DeadLetterOutbox.NOWHERE),
                QUICK,
                workers,
                new SkippingLog(log(records), 7, follow -> follow == 2),
                changes::release);
        copies.put(id, skipping);
        skipping.start();
        assertDiffersUntilBuiltAgain(records, honest, skipping);
        assertThat(failed).isTrue();
    }

    private static Schema failingOnce(MappingState mapping, AtomicBoolean failed) {
        if (mapping.version() > 0 && failed.compareAndSet(false, true)) {
            throw new UncheckedIOException(new IOException("disk"));
        }
        return TestLog.schema(mapping);
    }

    private void assertDiffersUntilBuiltAgain(TestLog records, HostedCopy honest, HostedCopy skipping)
            throws InterruptedException {
        await(() -> honest.isServing() && skipping.isServing());
        AuditCopyResponse right =
                as("internal").auditCopy(atMark(honest, records).setVerify(true).build());
        AuditCopyResponse wrong = as("internal")
                .auditCopy(atMark(skipping, records).setVerify(true).build());
        assertThat(wrong.getDamage()).as("by itself it looks sound").isEmpty();
        assertThat(wrong.getVerified()).isTrue();
        assertThat(wrong.getDigest()).isNotEqualTo(right.getDigest());
        ShardCopy before = skipping.copy();
        boolean discarded = as("internal")
                .rebuildCopy(RebuildCopyRequest.newBuilder()
                        .setShard(ShardWire.write(skipping.plan().shard()))
                        .setGeneration(1)
                        .setReason("it differs")
                        .build())
                .getDiscarded();
        assertThat(discarded).isTrue();
        await(() -> skipping.isServing() && skipping.copy() != before);
        assertThat(as("internal")
                        .auditCopy(atMark(skipping, records).setVerify(true).build()))
                .isEqualTo(right);
    }

    /**
     * Hands a barrier over in place of one record.
     *
     * @param when by the number of the following, from 1
     */
    private static final class SkippingLog implements LogSource {
        private final ListLog log;
        private final int offset;
        private final IntPredicate when;
        private int follows;

        SkippingLog(ListLog log, int offset, IntPredicate when) {
            this.log = log;
            this.offset = offset;
            this.when = when;
        }

        @Override
        public synchronized Following follow(LogAddress address, long from, int leaderEpoch, LogReceiver receiver) {
            boolean skips = when.test(++follows);
            return log.follow(address, from, leaderEpoch, new LogReceiver() {
                @Override
                public void receive(List<LogEntry> entries, long logEnd) {
                    receiver.receive(
                            entries.stream()
                                    .map(entry -> skips ? skipped(entry) : entry)
                                    .toList(),
                            logEnd);
                }

                @Override
                public void broken(String reason) {
                    receiver.broken(reason);
                }

                @Override
                public void failed(Throwable failure) {
                    receiver.failed(failure);
                }
            });
        }

        private LogEntry skipped(LogEntry entry) {
            return entry.offset() != offset
                    ? entry
                    : new LogEntry(
                            entry.offset(),
                            entry.leaderEpoch(),
                            LogRecord.newBuilder()
                                    .setFormatVersion(1)
                                    .setBarrier(Barrier.getDefaultInstance())
                                    .build()
                                    .toByteArray());
        }

        @Override
        public CompletableFuture<Long> end(LogAddress address) {
            return log.end(address);
        }

        @Override
        public CompletableFuture<Long> barrier(LogAddress address, IndexUuid index) {
            return log.barrier(address, index);
        }

        @Override
        public CompletableFuture<UUID> topicId(LogAddress address) {
            return log.topicId(address);
        }
    }
}
