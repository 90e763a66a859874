package io.elpis.query.log;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the Kafka clients of this node, with the settings that correctness rests on in one place. */
public final class KafkaClients {
    private final Map<String, Object> connection;
    private final String instance;

    /** @param connection bootstrap servers and security */
    public KafkaClients(Map<String, Object> connection, String instance) {
        this.connection = Map.copyOf(connection);
        this.instance = instance;
    }

    /** Reads shard logs. Never chooses an offset by itself: a log that lost its beginning or end must be noticed. */
    Consumer<byte[], byte[]> logConsumer(String name) {
        Map<String, Object> settings = consumer(name);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 << 20);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads compacted topics from their beginning, committed transactions only. */
    Consumer<byte[], byte[]> tableConsumer(String name) {
        Map<String, Object> settings = consumer(name);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Appends barriers: single small records that somebody waits for. */
    Producer<byte[], byte[]> barrierProducer() {
        return smallProducer("barriers");
    }

    /** Writes dead letters: small records that are sent again until they are stored. */
    Producer<byte[], byte[]> letterProducer() {
        return smallProducer("dead-letters");
    }

    private Producer<byte[], byte[]> smallProducer(String name) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, instance + "-" + name);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1L << 20);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 4_000);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, 15_000);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    Admin admin() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, instance + "-ends");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return Admin.create(settings);
    }

    private Map<String, Object> consumer(String name) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, instance + "-" + name);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        // A broker that stands still is left for the one that leads in its place.
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
        settings.put(ConsumerConfig.CHECK_CRCS_CONFIG, true);
        return settings;
    }
}
