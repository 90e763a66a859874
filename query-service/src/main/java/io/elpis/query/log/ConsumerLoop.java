package io.elpis.query.log;

import io.elpis.query.replica.LogEntry;
import io.elpis.query.replica.LogReceiver;
import io.elpis.query.replica.LogSource.Following;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer and the thread that alone touches it; others leave it errands. */
final class ConsumerLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private final Semaphore errandsLeft = new Semaphore(0);
    private final Map<TopicPartition, LogReceiver> receivers = new HashMap<>();

    /** Offset behind the last entry delivered of each partition that is followed. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private volatile boolean closed;

    ConsumerLoop(Consumer<byte[], byte[]> consumer, String name) {
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
        thread.start();
    }

    Following follow(TopicPartition partition, long offset, int leaderEpoch, LogReceiver receiver) {
        leave(() -> {
            try {
                begin(partition, offset, leaderEpoch, receiver);
            } catch (RuntimeException failure) {
                fail(partition, receiver, failure);
            }
        });
        return new Following() {
            @Override
            public void pause() {
                leave(() -> ifMine(() -> consumer.pause(Set.of(partition))));
            }

            @Override
            public void resume() {
                leave(() -> ifMine(() -> consumer.resume(Set.of(partition))));
            }

            @Override
            public void close() {
                leave(() -> ifMine(() -> end(partition)));
            }

            private void ifMine(Runnable errand) {
                if (receivers.get(partition) == receiver) {
                    errand.run();
                }
            }
        };
    }

    private void begin(TopicPartition partition, long offset, int leaderEpoch, LogReceiver receiver) {
        receivers.put(partition, receiver);
        positions.put(partition, offset);
        consumer.assign(receivers.keySet());
        consumer.resume(Set.of(partition));
        Optional<Integer> epoch = leaderEpoch < 0 ? Optional.empty() : Optional.of(leaderEpoch);
        consumer.seek(partition, new OffsetAndMetadata(offset, epoch, ""));
    }

    private void end(TopicPartition partition) {
        receivers.remove(partition);
        positions.remove(partition);
        consumer.assign(receivers.keySet());
    }

    /** One copy's trouble ends its own following and nobody else's. */
    private void fail(TopicPartition partition, LogReceiver receiver, RuntimeException failure) {
        LOG.atError().setCause(failure).addKeyValue("log", partition).log("log not followed any more");
        try {
            end(partition);
        } finally {
            receiver.failed(failure);
        }
    }

    private void leave(Runnable errand) {
        errands.add(errand);
        errandsLeft.release();
        if (Thread.currentThread() != thread) {
            consumer.wakeup();
        }
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                runErrands();
                turn();
            }
        }
    }

    private void turn() {
        try {
            if (receivers.isEmpty()) {
                await(POLL);
            } else {
                deliver(consumer.poll(POLL));
            }
        } catch (WakeupException errandLeft) {
            return;
        } catch (OffsetOutOfRangeException broken) {
            broken.offsetOutOfRangePartitions().forEach((partition, offset) -> report(partition, broken.toString()));
        } catch (KafkaException trouble) {
            LOG.atWarn().addKeyValue("reason", trouble.toString()).log("log cannot be read now");
            await(PAUSE_AFTER_ERROR);
        } catch (RuntimeException mistake) {
            LOG.atError().setCause(mistake).log("logs cannot be followed now");
            await(PAUSE_AFTER_ERROR);
        }
    }

    private void runErrands() {
        errandsLeft.drainPermits();
        for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
            try {
                errand.run();
            } catch (RuntimeException mistake) {
                LOG.atError().setCause(mistake).log("errand failed");
            }
        }
    }

    /** Waits for errands, but not longer than this. */
    private void await(Duration longest) {
        try {
            if (errandsLeft.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                errandsLeft.release();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /**
     * Hands over all that was polled before anything else is asked of the consumer: it will not give those entries
     * again, and whatever it is asked may be interrupted by an errand.
     */
    private void deliver(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            LogReceiver receiver = receivers.get(partition);
            if (receiver != null) {
                List<LogEntry> entries = entries(records.records(partition));
                positions.put(partition, entries.getLast().offset() + 1);
                receive(partition, receiver, entries, -1);
            }
        }
        for (TopicPartition partition : Set.copyOf(receivers.keySet())) {
            LogReceiver receiver = receivers.get(partition);
            Long position = positions.get(partition);
            if (receiver != null && position != null) {
                OptionalLong lag = consumer.currentLag(partition);
                receive(partition, receiver, List.of(), lag.isPresent() ? position + lag.getAsLong() : -1);
            }
        }
    }

    private void receive(TopicPartition partition, LogReceiver receiver, List<LogEntry> entries, long end) {
        try {
            receiver.receive(entries, end);
        } catch (RuntimeException failure) {
            fail(partition, receiver, failure);
        }
    }

    private static List<LogEntry> entries(List<ConsumerRecord<byte[], byte[]>> records) {
        List<LogEntry> entries = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            byte[] value = record.value();
            entries.add(new LogEntry(
                    record.offset(), record.leaderEpoch().orElse(-1), value == null ? new byte[0] : value));
        }
        return entries;
    }

    private void report(TopicPartition partition, String reason) {
        LogReceiver receiver = receivers.get(partition);
        end(partition);
        if (receiver != null) {
            receiver.broken(reason);
        }
    }

    @Override
    public void close() {
        closed = true;
        leave(() -> {});
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
