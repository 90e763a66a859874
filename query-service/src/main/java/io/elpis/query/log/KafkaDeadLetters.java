package io.elpis.query.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.protocol.letter.DeadLetter;
import io.elpis.protocol.letter.DeadLetterId;
import io.elpis.protocol.letter.DeadLetterRecord;
import io.elpis.query.replica.DeadLetterOutbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes dead letters to their topic, all copies of a shard under the same key, so that compaction leaves one. The
 * producer is made by the first letter, since most nodes never have one. Thread-safe.
 */
public final class KafkaDeadLetters implements DeadLetterOutbox {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaDeadLetters.class);
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Runnable counted;
    private final LongSupplier nanoTime;

    /** Handing over may block while the topic does not answer, which copies must not. Holds what copies hold anyway. */
    private final ExecutorService sender = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("dead-letters").daemon().factory());

    /** The offset of each log's last letter, by the name one at the log's start would have. */
    private final Map<DeadLetterId, Long> last = new ConcurrentHashMap<>();

    private volatile long silentUntil;

    @GuardedBy("this")
    private @Nullable Producer<byte[], byte[]> producer;

    @GuardedBy("this")
    private boolean closed;

    public KafkaDeadLetters(KafkaClients clients, Runnable counted) {
        this(clients::letterProducer, counted, System::nanoTime);
    }

    /** @param counted called for each letter of a copy, not again when the copy makes it anew */
    KafkaDeadLetters(Supplier<Producer<byte[], byte[]>> producers, Runnable counted, LongSupplier nanoTime) {
        this.producers = producers;
        this.counted = counted;
        this.nanoTime = nanoTime;
        this.silentUntil = nanoTime.getAsLong();
    }

    @Override
    public CompletableFuture<Void> send(DeadLetter letter) {
        DeadLetterId id = DeadLetterId.of(letter);
        count(id, letter);
        CompletableFuture<Void> kept = new CompletableFuture<>();
        try {
            sender.execute(() -> handOver(id, letter, kept));
        } catch (RejectedExecutionException stopping) {
            kept.completeExceptionally(stopping);
        }
        return kept;
    }

    private void count(DeadLetterId id, DeadLetter letter) {
        last.compute(new DeadLetterId(id.shard(), id.generation(), 0), (_, before) -> {
            if (before != null && before >= id.offset()) {
                return before;
            }
            counted.run();
            LOG.atWarn()
                    .addKeyValue("shard", id.shard())
                    .addKeyValue("offset", id.offset())
                    .addKeyValue("reason", letter.getReason())
                    .log("record rejected");
            return id.offset();
        });
    }

    private void handOver(DeadLetterId id, DeadLetter letter, CompletableFuture<Void> kept) {
        if (nanoTime.getAsLong() - silentUntil < 0) {
            kept.completeExceptionally(new IllegalStateException("the topic of dead letters does not answer"));
            return;
        }
        byte[] value = DeadLetterRecord.newBuilder().setLetter(letter).build().toByteArray();
        try {
            var unused = producer()
                    .send(
                            new ProducerRecord<>(
                                    DeadLetterId.TOPIC, 0, id.text().getBytes(StandardCharsets.UTF_8), value),
                            (_, failure) -> {
                                if (failure == null) {
                                    kept.complete(null);
                                } else {
                                    failed(kept, failure);
                                }
                            });
        } catch (RuntimeException failure) {
            failed(kept, failure);
        }
    }

    private void failed(CompletableFuture<Void> kept, Exception failure) {
        silentUntil = nanoTime.getAsLong() + PAUSE_NANOS;
        LOG.atWarn().addKeyValue("reason", failure.toString()).log("dead letter not stored, it is tried again");
        kept.completeExceptionally(failure);
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

    public void close() {
        sender.shutdown();
        synchronized (this) {
            closed = true;
            if (producer != null) {
                producer.close(Duration.ofSeconds(2));
            }
        }
    }
}
