package io.elpis.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.query.replica.LogEntry;
import io.elpis.query.replica.LogReceiver;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConsumerLoopTest {
    private static final TopicPartition ONE = new TopicPartition("elpis.index.test", 0);
    private static final TopicPartition TWO = new TopicPartition("elpis.index.test", 1);

    /** Interrupted, now and then, while it is asked how far it is. */
    private static final class Interrupted extends MockConsumer<byte[], byte[]> {
        final AtomicInteger interruptions = new AtomicInteger();

        Interrupted() {
            super("none");
        }

        @Override
        public synchronized OptionalLong currentLag(TopicPartition partition) {
            interrupt();
            return OptionalLong.of(5);
        }

        @Override
        public synchronized long position(TopicPartition partition) {
            interrupt();
            return super.position(partition);
        }

        private void interrupt() {
            if (interruptions.getAndDecrement() > 0) {
                throw new WakeupException();
            }
        }
    }

    private static final class Told implements LogReceiver {
        final BlockingQueue<Long> offsets = new LinkedBlockingQueue<>();
        final BlockingQueue<Long> ends = new LinkedBlockingQueue<>();
        final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

        @Override
        public void receive(List<LogEntry> entries, long logEnd) {
            entries.forEach(entry -> offsets.add(entry.offset()));
            if (logEnd >= 0) {
                ends.add(logEnd);
            }
        }

        @Override
        public void broken(String reason) {
            failures.add(new AssertionError(reason));
        }

        @Override
        public void failed(Throwable failure) {
            failures.add(failure);
        }
    }

    private final Interrupted consumer = new Interrupted();
    private final ConsumerLoop loop = new ConsumerLoop(consumer, "test");
    private final Told one = new Told();
    private final Told two = new Told();

    @AfterEach
    void close() {
        loop.close();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T value = queue.poll(10, TimeUnit.SECONDS);
        if (value == null) {
            throw new AssertionError("nothing came");
        }
        return value;
    }

    private void append(TopicPartition partition, long offset) {
        consumer.addRecord(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, new byte[1]));
    }

    private void followBoth() throws InterruptedException {
        loop.follow(ONE, 0, -1, one);
        loop.follow(TWO, 0, -1, two);
        next(one.ends);
        next(two.ends);
    }

    @Test
    void anInterruptionLosesNothingThatWasPolled() throws InterruptedException {
        followBoth();
        consumer.schedulePollTask(() -> {
            consumer.interruptions.set(2);
            append(ONE, 0);
            append(TWO, 0);
        });
        assertThat(next(one.offsets)).isZero();
        assertThat(next(two.offsets)).isZero();
    }

    @Test
    void theEndIsTheLagBehindWhatWasDelivered() throws InterruptedException {
        followBoth();
        one.ends.clear();
        consumer.schedulePollTask(() -> append(ONE, 41));
        assertThat(next(one.offsets)).isEqualTo(41);
        long end = next(one.ends);
        while (end == 5) {
            end = next(one.ends);
        }
        assertThat(end).isEqualTo(47);
    }

    @Test
    void aReceiversMistakeEndsItsOwnFollowingOnly() throws InterruptedException {
        followBoth();
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        loop.follow(ONE, 0, -1, new LogReceiver() {
            @Override
            public void receive(List<LogEntry> entries, long logEnd) {
                throw new IllegalStateException("mistake");
            }

            @Override
            public void broken(String reason) {}

            @Override
            public void failed(Throwable failure) {
                failures.add(failure);
            }
        });
        assertThat(next(failures)).hasMessage("mistake");
        consumer.schedulePollTask(() -> append(TWO, 0));
        assertThat(next(two.offsets)).isZero();
    }

    @Test
    void aLogThatCannotBeFollowedSaysSo() throws InterruptedException {
        followBoth();
        Told negative = new Told();
        loop.follow(new TopicPartition("elpis.index.test", 2), -7, -1, negative);
        next(negative.failures);
        consumer.schedulePollTask(() -> append(TWO, 0));
        assertThat(next(two.offsets)).isZero();
    }
}
