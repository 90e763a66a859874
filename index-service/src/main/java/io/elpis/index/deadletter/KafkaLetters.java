package io.elpis.index.deadletter;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.InvalidProtocolBufferException;
import io.elpis.index.log.WholeTopic;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.letter.Acknowledgement;
import io.elpis.protocol.letter.DeadLetterId;
import io.elpis.protocol.letter.DeadLetterRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the topic whenever somebody asks, one reader at a time: few ever do, and what they see is never old. */
@ThreadSafe
final class KafkaLetters implements Letters, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KafkaLetters.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Object> connection;
    private final int most;
    private final Semaphore readers = new Semaphore(1);

    @GuardedBy("this")
    private @Nullable Producer<byte[], byte[]> producer;

    /** @param most letters that a view holds */
    KafkaLetters(Map<String, Object> connection, int most) {
        this.connection = connection;
        this.most = most;
    }

    @Override
    public LetterView read(Predicate<DeadLetterId> wanted) {
        LetterView view = new LetterView(most, wanted);
        scan((key, value) -> {
            try {
                view.apply(key, value == null ? null : DeadLetterRecord.parseFrom(value));
            } catch (InvalidProtocolBufferException | ElpisException e) {
                log.atWarn()
                        .addKeyValue("key", key)
                        .addKeyValue("reason", e.toString())
                        .log("dead letter that cannot be read");
            }
        });
        return view;
    }

    @Override
    public void acknowledge(DeadLetterId letter, String subject) {
        byte[] done = DeadLetterRecord.newBuilder()
                .setAcknowledgement(Acknowledgement.newBuilder().setSubject(subject))
                .build()
                .toByteArray();
        // In this order: the letter must not be gone without what keeps it away.
        await(List.of(send(letter.acknowledgementKey(), done), send(letter.text(), null)));
    }

    @Override
    public void forget(Set<IndexUuid> gone) {
        List<Future<?>> sent = new ArrayList<>();
        scan((key, value) -> {
            if (value != null && isOf(gone, key)) {
                sent.add(send(key, null));
            }
        });
        await(sent);
    }

    private static boolean isOf(Set<IndexUuid> indices, String key) {
        try {
            return indices.contains(DeadLetterId.ofKey(key).shard().index());
        } catch (ElpisException foreign) {
            return false;
        }
    }

    private void scan(BiConsumer<String, byte @Nullable []> records) {
        try {
            if (!readers.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ElpisException(
                        ErrorCode.TOO_MANY_REQUESTS, "others are reading dead letters, try again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
        try (WholeTopic topic = new WholeTopic(connection, DeadLetterId.TOPIC)) {
            topic.readToEnd(
                    polled -> {
                        for (ConsumerRecord<byte[], byte[]> record : polled) {
                            byte[] key = record.key() == null ? new byte[0] : record.key();
                            records.accept(new String(key, StandardCharsets.UTF_8), record.value());
                        }
                    },
                    PATIENCE,
                    System::nanoTime);
        } catch (KafkaException e) {
            throw unavailable(e);
        } finally {
            readers.release();
        }
    }

    private Future<?> send(String key, byte @Nullable [] value) {
        try {
            return producer()
                    .send(new ProducerRecord<>(DeadLetterId.TOPIC, 0, key.getBytes(StandardCharsets.UTF_8), value));
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    private void await(List<Future<?>> sent) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Future<?> each : sent) {
                each.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private static ElpisException unavailable(Exception cause) {
        return new ElpisException(
                ErrorCode.LOG_UNAVAILABLE, "the topic of dead letters does not answer in time", Map.of(), cause);
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            Map<String, Object> settings = new HashMap<>(connection);
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1L << 20);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
            producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }
}
