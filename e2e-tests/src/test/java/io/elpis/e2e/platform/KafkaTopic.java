package io.elpis.e2e.platform;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The first partition of a topic, as somebody sees it who goes past the platform's doors. */
public final class KafkaTopic {
    private final Map<String, Object> connection;
    private final TopicPartition partition;

    public KafkaTopic(Platform platform, String topic) {
        connection = Map.of("bootstrap.servers", platform.brokers());
        partition = new TopicPartition(topic, 0);
    }

    /** @return the record's offset */
    public long append(byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(partition.topic(), 0, null, value))
                    .get(30, TimeUnit.SECONDS)
                    .offset();
        }
    }

    /** The value of the first record with this key. */
    public byte[] read(String key) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(connection, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.key() != null && new String(record.key(), StandardCharsets.UTF_8).equals(key)) {
                        return record.value();
                    }
                }
            }
            throw new IllegalStateException("no record of " + key + " in " + partition);
        }
    }
}
