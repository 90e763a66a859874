package io.elpis.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class TopicTableTest {
    @Test
    void aReaderThatFailsToCatchUpTriesAgain() throws Exception {
        MockConsumer<byte[], byte[]> tables = new MockConsumer<>("earliest");
        TopicPartition table = new TopicPartition("elpis.table", 0);
        tables.updatePartitions("elpis.table", List.of(new PartitionInfo("elpis.table", 0, null, null, null)));
        tables.updateBeginningOffsets(Map.of(table, 0L));
        tables.updateEndOffsets(Map.of(table, 0L));
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        AtomicInteger attempts = new AtomicInteger();
        TopicTable topics = new TopicTable(tables, Map.of("elpis.table", new TopicTable.Reader() {
            @Override
            public void read(String key, byte[] value) {
                told.add(key);
            }

            @Override
            public void caughtUp() {
                if (attempts.getAndIncrement() == 0) {
                    throw new IllegalStateException("not yet");
                }
                told.add("caught up");
            }
        }));
        try (AutoCloseable _ = topics::close) {
            topics.start();
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("caught up");
        }
    }

    @Test
    void aTopicIsNotPolledBeforeItIsThere() throws Exception {
        TopicPartition table = new TopicPartition("elpis.table", 0);
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        MockConsumer<byte[], byte[]> tables = new MockConsumer<>("earliest") {
            private int asked;

            @Override
            public synchronized Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
                told.add("listed");
                if (++asked == 2) {
                    updatePartitions("elpis.table", List.of(new PartitionInfo("elpis.table", 0, null, null, null)));
                }
                return super.listTopics(timeout);
            }

            @Override
            public synchronized void assign(Collection<TopicPartition> partitions) {
                told.add("assigned");
                super.assign(partitions);
            }
        };
        tables.updateBeginningOffsets(Map.of(table, 0L));
        tables.updateEndOffsets(Map.of(table, 0L));
        TopicTable topics = new TopicTable(tables, Map.of("elpis.table", new TopicTable.Reader() {
            @Override
            public void read(String key, byte[] value) {
                told.add(key);
            }

            @Override
            public void caughtUp() {
                told.add("caught up");
            }
        }));
        try (AutoCloseable _ = topics::close) {
            topics.start();
            for (String each : List.of("listed", "listed", "assigned", "caught up")) {
                assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(each);
            }
        }
    }
}
