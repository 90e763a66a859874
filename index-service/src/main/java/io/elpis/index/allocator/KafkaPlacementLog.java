package io.elpis.index.allocator;

import com.google.protobuf.InvalidProtocolBufferException;
import io.elpis.index.log.LogTopics;
import io.elpis.index.log.WholeTopic;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.placement.PlacementRecord;
import io.elpis.protocol.placement.ShardPlacement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The placement log on Kafka: {@code initTransactions} with one shared id is what fences. */
final class KafkaPlacementLog implements PlacementLog {
    private static final String TRANSACTIONAL_ID = "elpis-allocator";
    private static final int PATIENCE_MILLIS = 8_000;

    private final Map<String, Object> connection;

    KafkaPlacementLog(Map<String, Object> connection) {
        this.connection = Map.copyOf(connection);
    }

    @Override
    public Reader read() {
        return new TopicReader(new WholeTopic(connection, LogTopics.PLACEMENT));
    }

    @Override
    public Writer takeOver() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, PATIENCE_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new TransactionWriter(producer);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private record TopicReader(WholeTopic topic) implements Reader {
        @Override
        public List<PlacementRecord> poll(Duration atMost) {
            List<PlacementRecord> records = new ArrayList<>();
            try {
                for (ConsumerRecord<byte[], byte[]> record : topic.poll(atMost)) {
                    if (record.value() != null) {
                        records.add(PlacementRecord.parseFrom(record.value()));
                    }
                }
            } catch (WakeupException e) {
                return records;
            } catch (InvalidProtocolBufferException e) {
                throw new KafkaException("the placement log has a record that is none", e);
            }
            return records;
        }

        @Override
        public long position() {
            return awake(topic::position);
        }

        @Override
        public long end() {
            return awake(topic::end);
        }

        /** A wake-up is meant for polls; here it only means: ask again. */
        private static long awake(LongSupplier question) {
            try {
                return question.getAsLong();
            } catch (WakeupException e) {
                return question.getAsLong();
            }
        }

        @Override
        public void wakeup() {
            topic.wakeup();
        }

        @Override
        public void close() {
            topic.close();
        }
    }

    private record TransactionWriter(Producer<byte[], byte[]> producer) implements Writer {
        @Override
        public long append(List<PlacementRecord> records) {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
            for (PlacementRecord record : records) {
                sent.add(
                        producer.send(new ProducerRecord<>(LogTopics.PLACEMENT, 0, key(record), record.toByteArray())));
            }
            producer.commitTransaction();
            try {
                return sent.getLast().get().offset();
            } catch (ExecutionException e) {
                throw new KafkaException("the placement log refused a record", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted", e);
            }
        }

        /** Without waiting for a transaction under way: the next writer's fencing ends it. */
        @Override
        public void close() {
            producer.close(Duration.ZERO);
        }
    }

    private static byte[] key(PlacementRecord record) {
        String key = switch (record.getBodyCase()) {
            case ALLOCATOR, BODY_NOT_SET -> "allocator";
            case SHARD -> {
                ShardPlacement shard = record.getShard();
                yield new ShardId(IndexUuid.ofBytes(shard.getIndexUuid().toByteArray()), shard.getShard()).toString();
            }
        };
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
