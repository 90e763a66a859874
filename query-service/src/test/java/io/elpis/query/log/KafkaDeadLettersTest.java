package io.elpis.query.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.letter.DeadLetter;
import io.elpis.protocol.letter.DeadLetterId;
import io.elpis.protocol.letter.DeadLetterRecord;
import io.elpis.protocol.record.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KafkaDeadLettersTest {
    private static final IndexUuid INDEX = new IndexUuid(new UUID(1, 2));

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final AtomicInteger counted = new AtomicInteger();
    private final AtomicLong clock = new AtomicLong();
    private final KafkaDeadLetters letters = new KafkaDeadLetters(() -> producer, counted::incrementAndGet, clock::get);

    @AfterEach
    void close() {
        letters.close();
    }

    private static DeadLetter letter(long offset) {
        return DeadLetter.newBuilder()
                .setIndexUuid(ByteString.copyFrom(INDEX.bytes()))
                .setShard(3)
                .setPosition(Position.newBuilder().setGeneration(1).setOffset(offset))
                .setReason("unreadable record")
                .build();
    }

    private void awaitSent(int records) {
        await().atMost(Duration.ofSeconds(10)).until(() -> producer.history().size() == records);
    }

    @Test
    void aLetterIsKeptUnderTheNameOfItsRecord() throws Exception {
        CompletableFuture<Void> kept = letters.send(letter(7));
        awaitSent(1);
        assertThat(kept).isNotDone();
        assertThat(producer.completeNext()).isTrue();
        kept.get(10, TimeUnit.SECONDS);

        ProducerRecord<byte[], byte[]> record = producer.history().getFirst();
        assertThat(record.topic()).isEqualTo(DeadLetterId.TOPIC);
        String key = new String(record.key(), StandardCharsets.UTF_8);
        assertThat(key).isEqualTo(INDEX.text() + ".3.1.7");
        assertThat(DeadLetterId.parse(key)).isEqualTo(DeadLetterId.of(letter(7)));
        assertThat(DeadLetterRecord.parseFrom(record.value()).getLetter()).isEqualTo(letter(7));
    }

    @Test
    void aSilentTopicIsLeftAloneForAWhile() {
        CompletableFuture<Void> first = letters.send(letter(7));
        awaitSent(1);
        assertThat(producer.errorNext(new TimeoutException("silent"))).isTrue();
        assertThat(first).failsWithin(Duration.ofSeconds(10));

        assertThat(letters.send(letter(7))).failsWithin(Duration.ofSeconds(10));
        assertThat(producer.history()).hasSize(1);
        clock.addAndGet(Duration.ofSeconds(2).toNanos());
        var unused = letters.send(letter(7));
        awaitSent(2);
    }

    @Test
    void aLetterThatIsMadeAnewIsNotCountedAgain() {
        for (long offset : new long[] {7, 9, 7, 9, 12}) {
            var unused = letters.send(letter(offset));
        }
        assertThat(counted).hasValue(3);
    }
}
