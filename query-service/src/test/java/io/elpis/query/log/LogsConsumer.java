package io.elpis.query.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * Refuses, as Kafka's own consumer does without a reset policy, positions that a log does not hold or no longer holds: at
 * every poll, until the position is another or the partition is given up.
 */
final class LogsConsumer extends MockConsumer<byte[], byte[]> {
    /**
     * Offsets of one partition.
     *
     * @param diverging from here on there are other records than there were; -1 when they are the same
     */
    private record Log(long begin, long end, long diverging) {}

    private final Map<TopicPartition, Log> logs = new ConcurrentHashMap<>();

    LogsConsumer() {
        super("none");
    }

    void hold(TopicPartition partition, long begin, long end) {
        logs.put(partition, new Log(begin, end, -1));
    }

    /** What was there from an offset on is gone, and others stand in its place. */
    void truncate(TopicPartition partition, long from, long end) {
        logs.put(partition, new Log(0, end, from));
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        Map<TopicPartition, Log> held = new HashMap<>();
        assignment().forEach(partition -> held.put(partition, Objects.requireNonNull(logs.get(partition))));
        held.forEach(this::require);
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> polled = new HashMap<>();
        held.forEach((partition, log) -> {
            List<ConsumerRecord<byte[], byte[]>> records = records(partition, log.end());
            if (!records.isEmpty()) {
                polled.put(partition, records);
                seek(partition, log.end());
            }
        });
        return new ConsumerRecords<>(polled, Map.of());
    }

    private void require(TopicPartition partition, Log log) {
        long position = position(partition);
        if (position < log.begin() || position > log.end()) {
            throw new OffsetOutOfRangeException(Map.of(partition, position));
        }
        if (log.diverging() >= 0 && position > log.diverging()) {
            throw new LogTruncationException(
                    Map.of(partition, position), Map.of(partition, new OffsetAndMetadata(log.diverging())));
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> records(TopicPartition partition, long end) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (long offset = position(partition); offset < end; offset++) {
            records.add(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, new byte[1]));
        }
        return records;
    }
}
