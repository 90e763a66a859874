package io.elpis.query.log;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows compacted single-partition topics from their beginning: the node's view of what is decided elsewhere. One
 * thread reads all of them and calls their readers.
 */
public final class TopicTable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicTable.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ASK = Duration.ofSeconds(2);

    /** Takes one topic's records. Exceptions are told and the record is passed over. */
    public interface Reader {
        void read(String key, byte[] value);

        /** All that was in the topic when it was first asked has been read. Called until it succeeds, once. */
        void caughtUp();
    }

    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, Reader> readers;
    private final Map<TopicPartition, Long> targets = new ConcurrentHashMap<>();
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    public TopicTable(KafkaClients clients, Map<String, Reader> readers) {
        this(clients.tableConsumer("tables"), readers);
    }

    TopicTable(Consumer<byte[], byte[]> consumer, Map<String, Reader> readers) {
        this.consumer = consumer;
        this.readers = Map.copyOf(readers);
        this.thread = Thread.ofPlatform().name("tables").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        List<TopicPartition> partitions = readers.keySet().stream()
                .map(topic -> new TopicPartition(topic, 0))
                .toList();
        try (consumer) {
            while (!topicsAreThere()) {
                if (closed(POLL)) {
                    return;
                }
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<TopicPartition> behind = new ArrayList<>(partitions);
            while (closing.getCount() > 0) {
                turn(behind);
            }
        }
    }

    /** Asked for apart, as polling a topic that is not there yet, at a first start, warns of it ten times a second. */
    private boolean topicsAreThere() {
        try {
            return consumer.listTopics(ASK).keySet().containsAll(readers.keySet());
        } catch (WakeupException closing) {
            return false;
        } catch (KafkaException trouble) {
            LOG.atWarn().addKeyValue("reason", trouble.toString()).log("topics cannot be read now");
            return false;
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

    /** @param behind partitions that have not been caught up with; those that are now are taken out */
    private void turn(List<TopicPartition> behind) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                read(record);
            }
            for (Iterator<TopicPartition> each = behind.iterator(); each.hasNext(); ) {
                if (caughtUp(each.next())) {
                    each.remove();
                }
            }
        } catch (WakeupException closing) {
            return;
        } catch (KafkaException trouble) {
            LOG.atWarn().addKeyValue("reason", trouble.toString()).log("topics cannot be read now");
        } catch (RuntimeException mistake) {
            LOG.atError()
                    .setCause(mistake)
                    .addKeyValue("alarm", "topic_not_followed")
                    .log("reader fails, trying again");
        }
    }

    private boolean caughtUp(TopicPartition partition) {
        Long target = targets.get(partition);
        if (target == null) {
            if (consumer.partitionsFor(partition.topic(), ASK).isEmpty()) {
                return false;
            }
            target = consumer.endOffsets(List.of(partition), ASK).get(partition);
            if (target == null) {
                return false;
            }
            targets.put(partition, target);
        }
        if (consumer.position(partition, ASK) < target) {
            return false;
        }
        reader(partition.topic()).caughtUp();
        return true;
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (record.key() == null || value == null) {
            return;
        }
        try {
            reader(record.topic()).read(new String(record.key(), StandardCharsets.UTF_8), value);
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("alarm", "record_passed_over")
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .log("record passed over");
        }
    }

    private Reader reader(String topic) {
        Reader reader = readers.get(topic);
        if (reader == null) {
            throw new IllegalStateException("no reader for topic " + topic);
        }
        return reader;
    }

    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
