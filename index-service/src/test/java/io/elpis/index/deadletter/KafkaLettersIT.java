package io.elpis.index.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.broker.LocalBroker;
import io.elpis.index.log.KafkaRecordReader;
import io.elpis.index.log.LogConnection;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.LogProperties;
import io.elpis.index.log.LogTopics;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.letter.DeadLetter;
import io.elpis.protocol.letter.DeadLetterId;
import io.elpis.protocol.letter.DeadLetterRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** On a real broker. */
final class KafkaLettersIT {
    private static final Map<String, Object> CONNECTION = LocalBroker.connection();
    private static final LogTopics TOPICS = new LogTopics(
            Admin.create(CONNECTION),
            new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("elpis.log", LogProperties.class));
    private static final KafkaLetters LETTERS = new KafkaLetters(CONNECTION, 100);
    private static final KafkaProducer<byte[], byte[]> PRODUCER =
            new KafkaProducer<>(CONNECTION, new ByteArraySerializer(), new ByteArraySerializer());

    private final IndexUuid index = new IndexUuid(UUID.randomUUID());

    @BeforeAll
    static void create() {
        TOPICS.ensureCompacted(LogTopics.DEAD_LETTERS);
    }

    @AfterAll
    static void close() {
        PRODUCER.close();
        LETTERS.close();
        TOPICS.close();
    }

    private static void write(DeadLetter letter) throws Exception {
        byte[] value = DeadLetterRecord.newBuilder().setLetter(letter).build().toByteArray();
        send(DeadLetterId.TOPIC, DeadLetterId.of(letter).text(), value);
    }

    private static long send(String topic, String key, byte[] value) throws Exception {
        return PRODUCER.send(new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value))
                .get(20, TimeUnit.SECONDS)
                .offset();
    }

    private List<DeadLetter> letters() {
        return LETTERS.read(id -> id.shard().index().equals(index)).letters();
    }

    @Test
    void aLetterIsThereUntilItIsAcknowledged() throws Exception {
        DeadLetter first = LetterViewTest.letter(index, 0, 5);
        DeadLetter second = LetterViewTest.letter(index, 0, 9);
        write(first);
        write(second);
        write(first);
        assertThat(letters()).containsExactly(second, first);

        LETTERS.acknowledge(DeadLetterId.of(first), "admin");
        assertThat(letters()).containsExactly(second);
        write(first);
        assertThat(letters()).as("a copy was built anew").containsExactly(second);
    }

    @Test
    void anIndexThatIsGoneTakesItsLettersWithIt() throws Exception {
        IndexUuid gone = new IndexUuid(UUID.randomUUID());
        write(LetterViewTest.letter(gone, 0, 5));
        write(LetterViewTest.letter(gone, 1, 5));
        write(LetterViewTest.letter(index, 0, 5));
        send(DeadLetterId.TOPIC, "of somebody else", new byte[] {1, 2, 3});
        LETTERS.acknowledge(DeadLetterId.of(LetterViewTest.letter(gone, 1, 5)), "admin");

        LETTERS.forget(Set.of(gone));
        assertThat(LETTERS.read(id -> id.shard().index().equals(gone)).letters())
                .isEmpty();
        assertThat(letters()).hasSize(1);
    }

    @Test
    void aRecordIsReadFromItsPlace() throws Exception {
        TOPICS.create(index, 1);
        String topic = LogTopics.topicOf(index);
        send(topic, "", "first".getBytes(StandardCharsets.UTF_8));
        long offset = send(topic, "", "second".getBytes(StandardCharsets.UTF_8));
        KafkaRecordReader reader = new KafkaRecordReader(new LogConnection(CONNECTION));
        LogPartition log = new LogPartition(topic, 0, 1);

        assertThat(reader.read(log, offset, Duration.ofSeconds(20)))
                .isEqualTo("second".getBytes(StandardCharsets.UTF_8));
        assertThat(reader.read(log, offset + 1, Duration.ofSeconds(20))).isNull();
        TOPICS.discard(index);
    }
}
