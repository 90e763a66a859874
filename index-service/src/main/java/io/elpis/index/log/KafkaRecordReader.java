package io.elpis.index.log;

import com.google.errorprone.annotations.ThreadSafe;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** With a consumer for each record: it is asked for seldom. */
@ThreadSafe
public final class KafkaRecordReader implements RecordReader {
    private final Map<String, Object> settings;

    public KafkaRecordReader(LogConnection connection) {
        Map<String, Object> reading = new HashMap<>(connection.settings());
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        reading.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        reading.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        reading.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        settings = Map.copyOf(reading);
    }

    @Override
    public byte @Nullable [] read(LogPartition from, long offset, Duration atMost) {
        TopicPartition partition = new TopicPartition(from.topic(), from.partition());
        long deadline = System.nanoTime() + atMost.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            if (offset >= consumer.endOffsets(List.of(partition), atMost).getOrDefault(partition, 0L)) {
                return null;
            }
            consumer.seek(partition, offset);
            while (deadline - System.nanoTime() > 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    return record.offset() == offset ? record.value() : null;
                }
            }
            throw unavailable(partition, "no answer in " + atMost);
        } catch (OffsetOutOfRangeException gone) {
            return null;
        } catch (KafkaException e) {
            throw unavailable(partition, e.toString());
        }
    }

    private static ElpisException unavailable(TopicPartition partition, String reason) {
        return new ElpisException(ErrorCode.LOG_UNAVAILABLE, "log [" + partition + "] cannot be read: " + reason);
    }
}
