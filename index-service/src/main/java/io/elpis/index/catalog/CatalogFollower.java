package io.elpis.index.catalog;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.elpis.index.log.LogTopics;
import io.elpis.index.log.WholeTopic;
import io.elpis.protocol.node.CatalogEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings other instances' changes into this one's view, by the topic that everybody follows. Runs on one thread. */
final class CatalogFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CatalogFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration WHOLE = Duration.ofSeconds(30);

    private final Map<String, Object> connection;
    private final CatalogView view;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("catalog-follower").daemon().unstarted(this::run);
    private volatile boolean caughtUp;

    CatalogFollower(Map<String, Object> connection, CatalogView view) {
        this.connection = Map.copyOf(connection);
        this.view = view;
    }

    void start() {
        thread.start();
    }

    /** Whether all that was in the topic at start has been read. */
    boolean caughtUp() {
        return caughtUp;
    }

    /** The highest version in the topic now; read from its start, which is rare and small. */
    long highestVersion() {
        AtomicLong highest = new AtomicLong();
        try (WholeTopic topic = new WholeTopic(connection, LogTopics.CATALOG)) {
            topic.readToEnd(
                    records -> entries(records)
                            .forEach(entry -> highest.accumulateAndGet(entry.getCatalogVersion(), Math::max)),
                    WHOLE,
                    System::nanoTime);
        }
        return highest.get();
    }

    private void run() {
        do {
            try (WholeTopic topic = new WholeTopic(connection, LogTopics.CATALOG)) {
                applyWhole(topic);
                caughtUp = true;
                while (closing.getCount() > 0) {
                    apply(topic.poll(POLL));
                }
            } catch (KafkaException e) {
                log.atWarn().addKeyValue("reason", e.toString()).log("catalog changes of others are not seen for now");
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("following the catalog failed; reading it again");
            }
        } while (!closed());
    }

    /**
     * All that is there at once: read bit by bit, an index whose deletion comes later in the topic would be there for a
     * moment, also where the database has forgotten it.
     */
    private void applyWhole(WholeTopic topic) {
        Map<ByteString, CatalogEntry> newest = new HashMap<>();
        topic.readToEnd(
                records -> entries(records)
                        .forEach(entry -> newest.merge(
                                entry.getIndexUuid(),
                                entry,
                                (one, other) -> one.getCatalogVersion() > other.getCatalogVersion() ? one : other)),
                WHOLE,
                System::nanoTime);
        view.apply(newest.values().stream().map(CatalogEntries::fromWire).toList());
    }

    private void apply(ConsumerRecords<byte[], byte[]> records) {
        if (!records.isEmpty()) {
            view.apply(entries(records).stream().map(CatalogEntries::fromWire).toList());
        }
    }

    private static List<CatalogEntry> entries(ConsumerRecords<byte[], byte[]> records) {
        List<CatalogEntry> entries = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() != null) {
                try {
                    entries.add(CatalogEntry.parseFrom(record.value()));
                } catch (InvalidProtocolBufferException e) {
                    throw new KafkaException("no catalog entry at offset " + record.offset(), e);
                }
            }
        }
        return entries;
    }

    private boolean closed() {
        try {
            return closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(PAUSE.multipliedBy(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
