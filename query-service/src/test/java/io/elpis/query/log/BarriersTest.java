package io.elpis.query.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.record.LogRecord;
import io.elpis.query.replica.LogAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class BarriersTest {
    private static final LogAddress LOG = new LogAddress("elpis.index.test", 0);
    private static final IndexUuid INDEX = new IndexUuid(new UUID(1, 2));

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Barriers barriers = new Barriers(() -> producer, 42);

    private void awaitSent(int records) {
        await().atMost(Duration.ofSeconds(10)).until(() -> producer.history().size() == records);
    }

    @Test
    void whoComesWhileOneIsUnderWayJoinsTheNext() throws Exception {
        CompletableFuture<Long> first = barriers.append(LOG, INDEX);
        awaitSent(1);
        List<CompletableFuture<Long>> later = new ArrayList<>();
        for (int reader = 0; reader < 10; reader++) {
            later.add(barriers.append(LOG, INDEX));
        }
        assertThat(producer.history()).hasSize(1);
        assertThat(producer.completeNext()).isTrue();
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        awaitSent(2);
        assertThat(later).noneMatch(CompletableFuture::isDone);
        producer.completeNext();
        for (CompletableFuture<Long> reader : later) {
            assertThat(reader.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        }
    }

    @Test
    void logsDoNotWaitForEachOther() {
        barriers.append(LOG, INDEX);
        barriers.append(new LogAddress("elpis.index.test", 1), INDEX);
        awaitSent(2);
    }

    @Test
    void refusedBarrierFailsAndTheNextIsTriedAnew() throws Exception {
        CompletableFuture<Long> refused = barriers.append(LOG, INDEX);
        awaitSent(1);
        producer.errorNext(new TimeoutException("no leader"));
        assertThat(refused)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("no leader");
        CompletableFuture<Long> next = barriers.append(LOG, INDEX);
        awaitSent(2);
        producer.completeNext();
        assertThat(next.get(10, TimeUnit.SECONDS)).isPositive();
    }

    /** Or nobody would ever get a barrier into that log again. */
    @Test
    void errorOfTheClientEndsItsQuestionToo() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Barriers unsure = new Barriers(
                () -> {
                    if (broken.get()) {
                        throw new NoClassDefFoundError("client");
                    }
                    return producer;
                },
                42);
        assertThat(unsure.append(LOG, INDEX))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("client");
        broken.set(false);
        CompletableFuture<Long> next = unsure.append(LOG, INDEX);
        awaitSent(1);
        producer.completeNext();
        assertThat(next.get(10, TimeUnit.SECONDS)).isPositive();
    }

    @Test
    void recordsAreBarriersOfTheIndexAndNeverAlike() throws Exception {
        Set<Object> ids = new HashSet<>();
        for (int at = 1; at <= 3; at++) {
            CompletableFuture<Long> one = barriers.append(LOG, INDEX);
            awaitSent(at);
            producer.completeNext();
            one.get(10, TimeUnit.SECONDS);
        }
        for (ProducerRecord<byte[], byte[]> sent : producer.history()) {
            LogRecord record = LogRecord.parseFrom(sent.value());
            assertThat(record.getFormatVersion()).isEqualTo(1);
            assertThat(record.getIndexUuid().toByteArray()).isEqualTo(INDEX.bytes());
            assertThat(sent.topic()).isEqualTo(LOG.topic());
            assertThat(sent.partition()).isEqualTo(LOG.partition());
            ids.add(record.getBarrier().getBarrierId());
        }
        assertThat(ids).hasSize(3);
    }

    @Test
    void nothingIsAppendedAfterTheEnd() {
        barriers.close();
        assertThat(barriers.append(LOG, INDEX))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("the node stops");
    }
}
