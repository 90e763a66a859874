package io.elpis.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.query.replica.LogEntry;
import io.elpis.query.replica.LogReceiver;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A log that does not hold what a copy needs next ends that copy's following, and no record is passed over. */
final class BrokenLogTest {
    private static final TopicPartition ONE = new TopicPartition("elpis.index.test", 0);
    private static final TopicPartition TWO = new TopicPartition("elpis.index.test", 1);

    /** What a receiver is told, in order: offsets, and how it ended. */
    private static final class Told implements LogReceiver {
        final BlockingQueue<String> all = new LinkedBlockingQueue<>();

        @Override
        public void receive(List<LogEntry> entries, long logEnd) {
            entries.forEach(entry -> all.add(Long.toString(entry.offset())));
        }

        @Override
        public void broken(String reason) {
            all.add("broken: " + reason);
        }

        @Override
        public void failed(Throwable failure) {
            all.add("failed: " + failure);
        }

        String next() throws InterruptedException {
            String next = all.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came");
            }
            return next;
        }
    }

    private final LogsConsumer consumer = new LogsConsumer();
    private final ConsumerLoop loop = new ConsumerLoop(consumer, "test");
    private final Told one = new Told();
    private final Told two = new Told();

    @AfterEach
    void close() {
        loop.close();
    }

    private void follow(long offsetOfOne) throws InterruptedException {
        consumer.hold(TWO, 3, 5);
        loop.follow(TWO, 3, 1, two);
        assertThat(two.next()).isEqualTo("3");
        assertThat(two.next()).isEqualTo("4");
        loop.follow(ONE, offsetOfOne, 1, one);
    }

    /** The other log is followed on, from where it was; and this one is, by who begins with what it holds. */
    private void assertOnlyOneEnded(long begin) throws InterruptedException {
        consumer.hold(TWO, 3, 7);
        assertThat(two.next()).isEqualTo("5");
        assertThat(two.next()).isEqualTo("6");
        Told anew = new Told();
        loop.follow(ONE, begin, 1, anew);
        assertThat(anew.next()).isEqualTo(Long.toString(begin));
        assertThat(one.all).isEmpty();
        assertThat(two.all).isEmpty();
    }

    @Test
    void aLogThatBeginsLaterIsBroken() throws InterruptedException {
        consumer.hold(ONE, 6, 9);
        follow(4);
        assertThat(one.next()).startsWith("broken: ").contains("OffsetOutOfRange", ONE + "=4");
        assertOnlyOneEnded(6);
    }

    @Test
    void aLogThatIsCutOffAtItsBeginningWhileItIsFollowedIsBroken() throws InterruptedException {
        consumer.hold(ONE, 0, 2);
        follow(0);
        assertThat(one.next()).isEqualTo("0");
        assertThat(one.next()).isEqualTo("1");
        consumer.hold(ONE, 6, 9);
        assertThat(one.next()).startsWith("broken: ").contains("OffsetOutOfRange", ONE + "=2");
        assertOnlyOneEnded(6);
    }

    @Test
    void aLogThatEndsSoonerIsBroken() throws InterruptedException {
        consumer.hold(ONE, 0, 9);
        follow(12);
        assertThat(one.next()).startsWith("broken: ").contains("OffsetOutOfRange", ONE + "=12");
        assertOnlyOneEnded(0);
    }

    @Test
    void aLogWithOtherRecordsInThePlaceOfThoseReadIsBroken() throws InterruptedException {
        consumer.hold(ONE, 0, 2);
        follow(0);
        assertThat(one.next()).isEqualTo("0");
        assertThat(one.next()).isEqualTo("1");
        consumer.truncate(ONE, 1, 4);
        assertThat(one.next()).startsWith("broken: ").contains("LogTruncation", ONE + "=", "offset=1");
        consumer.hold(ONE, 0, 4);
        assertOnlyOneEnded(0);
    }
}
