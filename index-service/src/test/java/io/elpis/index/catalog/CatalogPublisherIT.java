package io.elpis.index.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.index.broker.LocalBroker;
import io.elpis.index.log.LogProperties;
import io.elpis.index.log.LogTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** From a row to another instance's memory. */
final class CatalogPublisherIT {
    private final CatalogView view = new CatalogView();

    @BeforeAll
    static void createTopic() {
        LogProperties properties =
                new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("elpis.log", LogProperties.class);
        try (LogTopics topics = new LogTopics(Admin.create(LocalBroker.connection()), properties)) {
            topics.ensureCompacted(LogTopics.CATALOG);
        }
        CatalogDatabase.empty();
    }

    @Test
    void changesReachFollowersAndTheNextPublisherGoesOn() {
        CatalogStore store = CatalogDatabase.store(100);
        CatalogIndex first = store.create(CatalogStoreTest.index("first", "{}"));
        try (CatalogFollower follower = new CatalogFollower(LocalBroker.connection(), view)) {
            follower.start();
            try (CatalogPublisher publisher = publisher(follower);
                    CatalogPublisher standby = publisher(follower)) {
                publisher.start();
                standby.start();
                untilKnown(first);
                CatalogIndex second = store.create(CatalogStoreTest.index("second", "{}"));
                untilKnown(second);
            }
            CatalogIndex gone = store.delete(first.uuid());
            try (CatalogPublisher next = publisher(follower)) {
                next.start();
                untilKnown(gone);
                assertThat(view.find("first")).isNull();
                assertThat(view.find("second")).isNotNull();
                assertThat(follower.highestVersion()).isEqualTo(gone.version());
            }
            assertThat(follower.caughtUp()).isTrue();
            store.purge(List.of(gone.uuid()));
        }
        neverSeesAgain("first");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> CatalogDatabase.jdbc()
                        .sql("select count(*) from catalog_outbox")
                        .query(Long.class)
                        .single()
                        .equals(0L));
    }

    @Test
    void takingOverEndsWhatAPredecessorHasBegun() {
        CatalogIndex change = CatalogDatabase.store(100).create(CatalogStoreTest.index("taken-over", "{}"));
        try (Producer<byte[], byte[]> predecessor = predecessor();
                CatalogFollower follower = new CatalogFollower(LocalBroker.connection(), view)) {
            predecessor.initTransactions();
            predecessor.beginTransaction();
            byte[] late = new byte[] {1};
            predecessor.send(new ProducerRecord<>(LogTopics.CATALOG, 0, late, late));
            predecessor.flush();
            follower.start();
            try (CatalogPublisher publisher = publisher(follower)) {
                publisher.start();
                untilKnown(change);
                assertThatThrownBy(predecessor::commitTransaction)
                        .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
                CatalogIndex next = CatalogDatabase.store(100).delete(change.uuid());
                untilKnown(next);
            }
        }
        CatalogDatabase.store(100).purge(List.of(change.uuid()));
    }

    private static Producer<byte[], byte[]> predecessor() {
        Map<String, Object> settings = new HashMap<>(LocalBroker.connection());
        settings.put("transactional.id", "elpis-catalog-0");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A later start, whose database has forgotten the index and whose topic still has its life in it. */
    private static void neverSeesAgain(String name) {
        CatalogView later = new CatalogView();
        AtomicBoolean seen = new AtomicBoolean();
        later.onChange(() -> seen.compareAndSet(false, later.find(name) != null));
        Map<String, Object> bitByBit = new HashMap<>(LocalBroker.connection());
        bitByBit.put("max.poll.records", 1);
        try (CatalogFollower follower = new CatalogFollower(bitByBit, later)) {
            follower.start();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(follower::caughtUp);
        }
        assertThat(later.known()).hasSize(2);
        assertThat(seen).isFalse();
    }

    private static CatalogPublisher publisher(CatalogFollower follower) {
        return new CatalogPublisher(CatalogDatabase.dataSource(), LocalBroker.connection(), follower);
    }

    private void untilKnown(CatalogIndex index) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> index.equals(view.find(index.uuid())));
    }
}
