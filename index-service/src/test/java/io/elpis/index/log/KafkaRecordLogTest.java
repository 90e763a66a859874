package io.elpis.index.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.protocol.record.LogRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class KafkaRecordLogTest {
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final AtomicLong now = new AtomicLong();
    private final LogPulse pulse = new LogPulse(Duration.ofSeconds(1), now::get);
    private final KafkaRecordLog log =
            new KafkaRecordLog(producer, 1_000, pulse, Runnable::run, System::nanoTime, new SimpleMeterRegistry());
    private final List<String> told = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    @Test
    void whatNoBrokerCanHaveStoredIsRefused() {
        append();
        producer.errorNext(new RecordTooLargeException("too large"));
        append();
        producer.errorNext(new InvalidTopicException("no name"));

        assertThat(told).containsExactly("refused CONTENT_TOO_LARGE", "refused LOG_UNAVAILABLE");
        assertThat(pulse.underWay()).isZero();
    }

    @Test
    void theLimitIsTheLogsAndNotTheClientsSetting() {
        append();
        producer.errorNext(
                new RecordTooLargeException("The message is 20000184 bytes, which is larger than max.request.size."));

        assertThat(reasons)
                .containsExactly(
                        "the document is too large: with its parsed fields it takes more than [1000] bytes in the log");
    }

    @Test
    void whatABrokerMayHaveStoredIsUndecided() {
        append();
        producer.errorNext(new TimeoutException("no answer"));
        append();
        producer.errorNext(new TopicAuthorizationException("not any more"));

        assertThat(told).containsExactly("undecided", "undecided");
    }

    @Test
    void whatWasConfirmedIsStored() {
        append();
        producer.completeNext();
        assertThat(told).containsExactly("stored");
    }

    @Test
    void afterAFailureProbesFindOutWhetherTheLogIsBackAndNoWriteHasTo() throws Exception {
        append("one");
        append("two");
        producer.errorNext(new TimeoutException("no answer"));
        producer.errorNext(new TimeoutException("no answer"));
        now.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThatThrownBy(log::checkAvailable).hasMessageContaining("nothing was written");
        assertThatThrownBy(log::checkAvailable).hasMessageContaining("nothing was written");
        assertThat(producer.history()).as("one probe for each log").hasSize(4);
        LogRecord probe = LogRecord.parseFrom(producer.history().getLast().value());
        assertThat(probe.hasBarrier()).isTrue();
        producer.errorNext(new TimeoutException("still none"));
        assertThatThrownBy(log::checkAvailable).hasMessageContaining("nothing was written");
        producer.completeNext();
        log.checkAvailable();
        assertThat(told).containsExactly("undecided", "undecided");
    }

    @Test
    void whileAProbeIsUnderWayThereIsNoOther() {
        append("one");
        producer.errorNext(new TimeoutException("no answer"));
        for (int second = 0; second < 5; second++) {
            now.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThatThrownBy(log::checkAvailable).hasMessageContaining("nothing was written");
        }
        assertThat(producer.history()).hasSize(2);
        producer.errorNext(new TimeoutException("no answer"));
        assertThatThrownBy(log::checkAvailable).hasMessageContaining("nothing was written");
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThatThrownBy(log::checkAvailable).hasMessageContaining("nothing was written");
        assertThat(producer.history()).hasSize(3);
    }

    @Test
    void theLogOfADeletedIndexHoldsNobodyUp() {
        append("one");
        producer.errorNext(new TimeoutException("no answer"));
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThatThrownBy(log::checkAvailable).hasMessageContaining("nothing was written");
        producer.errorNext(new TimeoutException("not there", new UnknownTopicOrPartitionException("deleted")));
        log.checkAvailable();
    }

    private void append() {
        append("topic");
    }

    private void append(String topic) {
        log.append(
                new LogPartition(topic, 0, 1),
                new byte[0],
                LogRecord.getDefaultInstance(),
                new RecordLog.Confirmation() {
                    @Override
                    public void stored(long offset) {
                        told.add("stored");
                    }

                    @Override
                    public void refused(ElpisException reason) {
                        told.add("refused " + reason.code());
                        reasons.add(reason.reason());
                    }

                    @Override
                    public void undecided(Exception reason) {
                        told.add("undecided");
                    }
                });
    }
}
