package io.elpis.index.log;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.record.LogRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The log on Kafka: one idempotent producer, {@code acks=all}. */
public final class KafkaRecordLog implements RecordLog, AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final long maxRecord;
    private final LogPulse pulse;
    private final LogProbe probe;
    private final LongSupplier nanoTime;
    private final Timer latency;

    public KafkaRecordLog(
            Map<String, Object> connection, LogProperties properties, LongSupplier nanoTime, MeterRegistry meters) {
        this(
                new KafkaProducer<>(
                        settings(connection, properties), new ByteArraySerializer(), new ByteArraySerializer()),
                properties.maxRecord().toBytes(),
                new LogPulse(properties.stall(), nanoTime),
                task -> Thread.ofVirtual().name("log-probe").start(task),
                nanoTime,
                meters);
    }

    /**
     * @param producer closed with this
     * @param maxRecord bytes; what is larger it refuses
     */
    KafkaRecordLog(
            Producer<byte[], byte[]> producer,
            long maxRecord,
            LogPulse pulse,
            Executor probes,
            LongSupplier nanoTime,
            MeterRegistry meters) {
        this.producer = producer;
        this.maxRecord = maxRecord;
        this.pulse = pulse;
        this.probe = new LogProbe(producer, pulse, probes);
        this.nanoTime = nanoTime;
        latency = meters.timer("elpis.log.append");
        meters.gauge("elpis.log.appends.pending", pulse, LogPulse::underWay);
    }

    private static Map<String, Object> settings(Map<String, Object> connection, LogProperties properties) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, properties.inFlightRequests());
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, properties.compression());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, properties.linger().toMillis());
        settings.put(
                ProducerConfig.BATCH_SIZE_CONFIG, (int) properties.batchSize().toBytes());
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, properties.buffer().toBytes());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, (int)
                properties.maxRecord().toBytes());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                properties.requestTimeout().toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) Math.max(
                properties.deliveryTimeout().toMillis(),
                properties.requestTimeout().plus(properties.linger()).toMillis()));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, properties.maxBlock().toMillis());
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        // The producer asks for, and warns of, the topic of a deleted index until it forgets it: 5 minutes by default.
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, 15_000);
        return settings;
    }

    @Override
    public void append(LogPartition to, byte[] key, LogRecord record, Confirmation confirmed) {
        Handover handover = new Handover(confirmed);
        pulse.started();
        probe.appended(to, record.getIndexUuid());
        try {
            var unused = producer.send(
                    new ProducerRecord<>(to.topic(), to.partition(), key, record.toByteArray()), handover);
        } catch (KafkaException | IllegalStateException e) {
            handover.onCompletion(null, e);
        }
        handover.sent = true;
    }

    @Override
    public void checkAvailable() {
        if (pulse.probeIsDue()) {
            probe.send();
        }
        if (!pulse.beats()) {
            throw new ElpisException(
                    ErrorCode.LOG_UNAVAILABLE, "the log does not take writes at present; nothing was written");
        }
    }

    /**
     * The producer calls back before send() returns exactly when it refused the record without queueing it: unknown
     * partition, no metadata or buffer in time, too large.
     */
    private final class Handover implements Callback {
        private final Confirmation confirmed;
        private final Thread caller = Thread.currentThread();
        private final long since = nanoTime.getAsLong();
        private volatile boolean sent;
        private boolean done;

        Handover(Confirmation confirmed) {
            this.confirmed = confirmed;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (done) {
                return;
            }
            done = true;
            if (failure == null && metadata != null) {
                pulse.confirmed();
                latency.record(nanoTime.getAsLong() - since, TimeUnit.NANOSECONDS);
                confirmed.stored(metadata.offset());
                return;
            }
            Exception reason = failure == null ? new KafkaException("no metadata") : failure;
            if (isUnfit(reason)) {
                pulse.withdrawn();
            } else {
                pulse.failed();
            }
            boolean neverSent = !sent && Thread.currentThread() == caller;
            if (neverSent || isUnfit(reason)) {
                confirmed.refused(told(reason));
            } else {
                confirmed.undecided(reason);
            }
        }
    }

    /**
     * Whether no broker can have stored the record, ever: it is larger than the topic takes, or the topic's name is none. A
     * lack of permission is not among these: it may have come about between an attempt that got through unheard and the
     * next.
     */
    private static boolean isUnfit(Exception reason) {
        return reason instanceof RecordTooLargeException || reason instanceof InvalidTopicException;
    }

    private ElpisException told(Exception reason) {
        return switch (reason) {
            case RecordTooLargeException _ ->
                new ElpisException(
                        ErrorCode.CONTENT_TOO_LARGE,
                        "the document is too large: with its parsed fields it takes more than [" + maxRecord
                                + "] bytes in the log");
            case BufferExhaustedException _ ->
                new ElpisException(ErrorCode.TOO_MANY_REQUESTS, "too many writes are on their way to the log");
            default ->
                new ElpisException(
                        ErrorCode.LOG_UNAVAILABLE,
                        "the log does not take writes at present; nothing was written: " + reason.getMessage(),
                        Map.of(),
                        reason);
        };
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
