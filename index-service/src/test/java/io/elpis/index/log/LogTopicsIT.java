package io.elpis.index.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.broker.LocalBroker;
import io.elpis.model.schema.IndexUuid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

final class LogTopicsIT {
    private static LogTopics topics(Map<String, String> properties) {
        return new LogTopics(
                Admin.create(LocalBroker.connection()),
                new Binder(new MapConfigurationPropertySource(properties))
                        .bindOrCreate("elpis.log", LogProperties.class));
    }

    @Test
    void topicsTakeWhateverTheProducerLetsThrough() throws Exception {
        IndexUuid index = new IndexUuid(UUID.randomUUID());
        try (LogTopics topics = topics(Map.of());
                Admin admin = Admin.create(LocalBroker.connection())) {
            topics.create(index, 1);
            topics.ensureCompacted(LogTopics.CATALOG);
            for (String topic : List.of(LogTopics.topicOf(index), LogTopics.CATALOG)) {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                Config config = Objects.requireNonNull(
                        admin.describeConfigs(List.of(resource)).all().get().get(resource));
                String most = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
                assertThat(Integer.parseInt(most)).as(topic).isGreaterThan(15 << 20);
            }
            topics.discard(index);
        }
    }

    /** Brokers go by their own clocks unless they are told otherwise. */
    @Test
    void writersWhoseClocksAreHoursAheadWrite() throws Exception {
        IndexUuid index = new IndexUuid(UUID.randomUUID());
        long hoursAhead = System.currentTimeMillis() + Duration.ofHours(3).toMillis();
        try (LogTopics topics = topics(Map.of());
                Producer<byte[], byte[]> writer = new KafkaProducer<>(
                        LocalBroker.connection(), new ByteArraySerializer(), new ByteArraySerializer())) {
            topics.create(index, 1);
            topics.ensureCompacted(LogTopics.CATALOG);
            for (String topic : List.of(LogTopics.topicOf(index), LogTopics.CATALOG)) {
                byte[] key = {1};
                var record = new ProducerRecord<>(topic, 0, hoursAhead, key, key);
                assertThat(writer.send(record).get(20, TimeUnit.SECONDS).hasOffset())
                        .as(topic)
                        .isTrue();
            }
            topics.discard(index);
        }
    }

    @Test
    void topicsWithFewerReplicasThanWantedAreCounted() {
        IndexUuid index = new IndexUuid(UUID.randomUUID());
        try (LogTopics one = topics(Map.of());
                LogTopics two = topics(Map.of("elpis.log.replication-factor", "2"))) {
            one.create(index, 2);
            one.ensureCompacted(LogTopics.CATALOG);
            one.ensureCompacted(LogTopics.PLACEMENT);

            assertThat(one.countThinTopics()).isZero();
            assertThat(two.countThinTopics()).isGreaterThanOrEqualTo(3);
            one.discard(index);
        }
    }

    /** As another instance's are for the broker's first moments. */
    @Test
    void topicsThatTheBrokerDoesNotKnowYetAreNoFailure() {
        try (LogTopics topics = topics(Map.of())) {
            topics.delete(List.of(LogTopics.CATALOG, LogTopics.PLACEMENT));
            assertThat(topics.countThinTopics()).isZero();
        }
    }
}
