package io.elpis.query.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.record.Barrier;
import io.elpis.protocol.record.LogRecord;
import io.elpis.query.replica.LogAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Appends barriers to logs, one a log at a time; readers that come meanwhile join the next. The producer is made by the
 * first of them, since most nodes are never asked. Thread-safe.
 */
final class Barriers implements AutoCloseable {
    private static final int FORMAT = 1;

    private record Log(LogAddress address, IndexUuid index) {}

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final ByteString incarnation;
    private final AtomicLong appended = new AtomicLong();
    private final OneAtATime<Log> oneAtATime = new OneAtATime<>(this::append);

    /** A send may wait for the topic's metadata, which its caller must not. At most one a log is under way. */
    private final Executor sender = task -> Thread.ofVirtual().name("barrier").start(task);

    @GuardedBy("this")
    private @Nullable Producer<byte[], byte[]> producer;

    @GuardedBy("this")
    private boolean closed;

    /** @param incarnation tells the barriers of this start of the node from all others */
    Barriers(Supplier<Producer<byte[], byte[]>> producers, long incarnation) {
        this.producers = producers;
        this.incarnation = ByteString.copyFromUtf8(Long.toHexString(incarnation));
    }

    /** @return the offset behind a barrier that was appended after this call */
    CompletableFuture<Long> append(LogAddress address, IndexUuid index) {
        return oneAtATime.answer(new Log(address, index));
    }

    private CompletableFuture<Long> append(Log log) {
        CompletableFuture<Long> behind = new CompletableFuture<>();
        sender.execute(() -> {
            try {
                producer().send(record(log), (written, failure) -> {
                    if (failure == null) {
                        behind.complete(written.offset() + 1);
                    } else {
                        behind.completeExceptionally(failure);
                    }
                });
            } catch (Throwable failure) {
                // An error too: else this question were never answered, and all later ones would wait for it.
                behind.completeExceptionally(failure);
            }
        });
        return behind;
    }

    private ProducerRecord<byte[], byte[]> record(Log log) {
        ByteString id = incarnation.concat(ByteString.copyFromUtf8("-" + appended.getAndIncrement()));
        byte[] value = LogRecord.newBuilder()
                .setFormatVersion(FORMAT)
                .setIndexUuid(UnsafeByteOperations.unsafeWrap(log.index().bytes()))
                .setBarrier(Barrier.newBuilder().setBarrierId(id))
                .build()
                .toByteArray();
        return new ProducerRecord<>(log.address().topic(), log.address().partition(), null, value);
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (closed) {
            throw new IllegalStateException("the node stops");
        }
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }
}
