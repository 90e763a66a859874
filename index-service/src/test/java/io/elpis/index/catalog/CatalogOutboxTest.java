package io.elpis.index.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/** On the tests' database, and with Spring's template over Kafka's own stand-in of a producer. */
final class CatalogOutboxTest {
    private final CatalogStore store = CatalogDatabase.store(20);
    private final PickyProducer producer = new PickyProducer();
    private final CatalogOutbox.Topic topic = CatalogPublisher.topic(new KafkaTemplate<>(new OneProducer(producer)));

    @BeforeEach
    void empty() {
        CatalogDatabase.empty();
    }

    @Test
    void whatIsTooLargeForTheTopicIsPassedOverAndTheRestGoesOn() throws SQLException {
        CatalogIndex first = store.create(CatalogStoreTest.index("first", "{}"));
        store.create(CatalogStoreTest.index("large", """
                {"mappings":{"_meta":{"text":"%s"}}}""".formatted("x".repeat(PickyProducer.MOST))));
        CatalogIndex last = store.create(CatalogStoreTest.index("last", "{}"));

        publishAll();
        assertThat(producer.history())
                .extracting(ProducerRecord::value)
                .containsExactly(
                        CatalogEntries.toWire(first).toByteArray(),
                        CatalogEntries.toWire(last).toByteArray());
        assertThat(rows()).isZero();
    }

    @Test
    void whatTheTopicDoesNotTakeNowStays() {
        store.create(CatalogStoreTest.index("first", "{}"));
        producer.failure = new TimeoutException("no broker");

        assertThatThrownBy(this::publishAll).hasRootCause(producer.failure);
        assertThat(rows()).isEqualTo(1);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void onlySoManyBytesAreReadAtOnce() throws SQLException {
        String large = "{\"mappings\":{\"_meta\":{\"text\":\"" + "x".repeat(3 << 20) + "\"}}}";
        for (String name : List.of("one", "two", "three")) {
            store.create(CatalogStoreTest.index(name, large));
        }
        store.create(CatalogStoreTest.index("last", "{}"));

        List<Integer> batches = new ArrayList<>();
        try (Connection database = CatalogDatabase.dataSource().getConnection()) {
            CatalogOutbox outbox = new CatalogOutbox(database);
            while (outbox.publish(changes -> batches.add(changes.size()))) {
                assertThat(batches).hasSizeLessThan(4);
            }
        }
        assertThat(batches).containsExactly(2, 2);
    }

    private void publishAll() throws SQLException {
        try (Connection database = CatalogDatabase.dataSource().getConnection()) {
            CatalogOutbox outbox = new CatalogOutbox(database);
            while (outbox.publish(topic)) {
                assertThat(producer.transactionInFlight()).isFalse();
            }
        }
    }

    private static long rows() {
        return CatalogDatabase.jdbc()
                .sql("select count(*) from catalog_outbox")
                .query(Long.class)
                .single();
    }

    /** Refuses what is too large as Kafka's producer does: by its answer. */
    private static final class PickyProducer extends MockProducer<byte[], byte[]> {
        static final int MOST = 10_000;

        RuntimeException failure = new RecordTooLargeException("too large");

        PickyProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            initTransactions();
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> sent, Callback callback) {
            return failure instanceof TimeoutException || sent.value().length > MOST
                    ? CompletableFuture.failedFuture(failure)
                    : super.send(sent, callback);
        }

        @Override
        public void close(Duration timeout) {}
    }

    private record OneProducer(Producer<byte[], byte[]> producer) implements ProducerFactory<byte[], byte[]> {
        @Override
        public Producer<byte[], byte[]> createProducer() {
            return producer;
        }

        @Override
        public Producer<byte[], byte[]> createProducer(@Nullable String transactionIdPrefix) {
            return producer;
        }

        @Override
        public boolean transactionCapable() {
            return true;
        }
    }
}
