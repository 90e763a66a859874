package io.elpis.index.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a small single-partition topic from its start on, committed records only. Owned by one thread. */
public final class WholeTopic implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;

    public WholeTopic(Map<String, Object> connection, String topic) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        // A broker that stands still is left for another.
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                PATIENCE.dividedBy(2).toMillis());
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /** Waits at most that long; throws what Kafka throws. */
    public ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
        return consumer.poll(atMost);
    }

    /** Offset of the next record that poll returns; control records of transactions are passed over. */
    public long position() {
        return consumer.position(partition);
    }

    /** Offset after the last committed record there is now. */
    public long end() {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /**
     * Polls until all that is there now has been read.
     *
     * @throws TimeoutException after the given time
     */
    public void readToEnd(
            java.util.function.Consumer<ConsumerRecords<byte[], byte[]>> records,
            Duration atMost,
            LongSupplier nanoTime) {
        long deadline = nanoTime.getAsLong() + atMost.toNanos();
        long end = end();
        while (position() < end) {
            if (nanoTime.getAsLong() - deadline > 0) {
                throw new TimeoutException(partition + " could not be read to its end in " + atMost);
            }
            records.accept(poll(Duration.ofMillis(100)));
        }
    }

    /** Makes a poll under way on another thread throw. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
