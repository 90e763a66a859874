package io.elpis.index.log;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import io.elpis.protocol.record.Barrier;
import io.elpis.protocol.record.LogRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a log that seemed to be away takes records again, by barriers for the partitions that were last
 * written to: no caller's write has to be tried for it, and stay undecided. One that gets through is enough.
 */
@ThreadSafe
final class LogProbe {
    private static final int MOST_PARTITIONS = 8;
    private static final byte[] KEY = {};
    private static final ByteString ID = ByteString.copyFromUtf8("probe");

    private final Producer<byte[], byte[]> producer;
    private final LogPulse pulse;

    /** A send may wait for metadata, which whoever asks for a probe must not. */
    private final Executor senders;

    /** The index of each partition, the one that was written to last at the end. */
    @GuardedBy("this")
    private final LinkedHashMap<LogPartition, ByteString> recent = new LinkedHashMap<>(16, 0.75f, true);

    @GuardedBy("this")
    private int underWay;

    LogProbe(Producer<byte[], byte[]> producer, LogPulse pulse, Executor senders) {
        this.producer = producer;
        this.pulse = pulse;
        this.senders = senders;
    }

    synchronized void appended(LogPartition to, ByteString index) {
        recent.put(to, index);
        if (recent.size() > MOST_PARTITIONS) {
            recent.pollFirstEntry();
        }
    }

    /** Does nothing while a probe is under way. */
    void send() {
        Map<LogPartition, ByteString> partitions;
        synchronized (this) {
            if (underWay > 0) {
                return;
            }
            partitions = Map.copyOf(recent);
            underWay = partitions.size();
        }
        partitions.forEach((to, index) -> senders.execute(() -> send(to, index)));
    }

    private void send(LogPartition to, ByteString index) {
        byte[] barrier = LogRecord.newBuilder()
                .setFormatVersion(RecordFormat.VERSION)
                .setIndexUuid(index)
                .setBarrier(Barrier.newBuilder().setBarrierId(ID))
                .build()
                .toByteArray();
        try {
            var unused = producer.send(
                    new ProducerRecord<>(to.topic(), to.partition(), KEY, barrier), (_, failure) -> ended(to, failure));
        } catch (KafkaException | IllegalStateException e) {
            ended(to, e);
        }
    }

    private void ended(LogPartition to, @Nullable Exception failure) {
        boolean gone = failure != null && saysUnknown(failure);
        synchronized (this) {
            underWay--;
            if (gone) {
                recent.remove(to);
            }
        }
        if (failure == null || gone) {
            pulse.answered();
        }
    }

    /** A broker has answered, that the index of the partition is deleted. */
    private static boolean saysUnknown(Exception failure) {
        return failure instanceof UnknownTopicOrPartitionException
                || failure.getCause() instanceof UnknownTopicOrPartitionException;
    }
}
