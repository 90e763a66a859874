package io.elpis.index.catalog;

import io.elpis.index.log.LogTopics;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.DefaultTransactionIdSuffixStrategy;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Moves the outbox to the topic {@code elpis.catalog} in version order. The instance that holds an advisory lock in the
 * database does it; its {@code transactional.id} fences one that lost the lock without noticing. Runs on one thread.
 *
 * <p>A producer factory lives as long as one term of leading: a longer one would meet its own fencing with a new
 * producer of the same {@code transactional.id}, which would fence the successor in turn.
 */
final class CatalogPublisher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CatalogPublisher.class);
    private static final long LOCK = 0x656c706973L;
    private static final String TRANSACTIONS = "elpis-catalog-";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataSource database;
    private final Map<String, Object> connection;
    private final CatalogFollower reader;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("catalog-publisher").daemon().unstarted(this::run);

    CatalogPublisher(DataSource database, Map<String, Object> connection, CatalogFollower reader) {
        this.database = database;
        this.connection = Map.copyOf(connection);
        this.reader = reader;
    }

    void start() {
        thread.start();
    }

    private void run() {
        do {
            try (Connection held = database.getConnection()) {
                if (locked(held)) {
                    try {
                        lead(held);
                    } finally {
                        unlock(held);
                    }
                }
            } catch (SQLException | RuntimeException e) {
                log.atWarn().addKeyValue("reason", e.toString()).log("catalog changes are not published for now");
            }
        } while (!closed(PAUSE));
    }

    private void lead(Connection held) throws SQLException {
        try (Statement statement = held.createStatement()) {
            statement.execute("listen " + CatalogStore.CHANNEL);
        }
        DefaultKafkaProducerFactory<byte[], byte[]> producers = producers();
        try {
            // Initializes transactions: no predecessor commits anything from here on.
            producers.createProducer().close();
            // What a predecessor published without getting to clear it from the outbox is not published again.
            CatalogOutbox outbox = new CatalogOutbox(held);
            outbox.clear(reader.highestVersion());
            log.info("publishing catalog changes");
            CatalogOutbox.Topic topic = topic(new KafkaTemplate<>(producers));
            while (closing.getCount() > 0) {
                if (!outbox.publish(topic)) {
                    held.unwrap(PGConnection.class).getNotifications((int) PAUSE.toMillis());
                }
            }
        } finally {
            producers.destroy();
        }
    }

    /** With one producer, whose {@code transactional.id} is thus the same in every instance. */
    private DefaultKafkaProducerFactory<byte[], byte[]> producers() {
        DefaultKafkaProducerFactory<byte[], byte[]> producers =
                new DefaultKafkaProducerFactory<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
        producers.setTransactionIdPrefix(TRANSACTIONS);
        producers.setTransactionIdSuffixStrategy(new DefaultTransactionIdSuffixStrategy(1));
        producers.setPhysicalCloseTimeout((int) PAUSE.toSeconds());
        return producers;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 15 << 20);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return settings;
    }

    /** All in one transaction: none is in the topic where this throws. */
    static CatalogOutbox.Topic topic(KafkaOperations<byte[], byte[]> operations) {
        return changes -> operations.executeInTransaction(transaction -> {
            for (CatalogOutbox.Change change : changes) {
                byte[] key = change.index().hex().getBytes(StandardCharsets.US_ASCII);
                var unused = transaction.send(LogTopics.CATALOG, 0, key, change.entry());
            }
            return changes.size();
        });
    }

    private static boolean locked(Connection held) throws SQLException {
        try (PreparedStatement lock = held.prepareStatement("select pg_try_advisory_lock(?)")) {
            lock.setLong(1, LOCK);
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static void unlock(Connection held) {
        try (Statement statement = held.createStatement()) {
            statement.execute("unlisten *");
            statement.execute("select pg_advisory_unlock_all()");
        } catch (SQLException e) {
            log.atDebug().addKeyValue("reason", e.getMessage()).log("lock goes with its connection");
        }
    }

    private boolean closed(Duration wait) {
        try {
            return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(PAUSE.multipliedBy(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
