package io.elpis.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.local.LocalProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerIT {

    private static final String TOPIC = "t";

    @TempDir
    Path directory;

    @Test
    void recordsSurviveAKillAndAChangeOfPorts() throws Exception {
        int first = LocalProcess.freePort();
        try (var broker = start(first)) {
            ready(first, broker);
            createTopic(first);
            send(first, "before the kill");
            broker.kill();
        }
        int second = LocalProcess.freePort();
        try (var broker = start(second)) {
            ready(second, broker);
            send(second, "after the kill");
            assertThat(read(second)).containsExactly("before the kill", "after the kill");
            broker.stop();
        }
    }

    private LocalProcess start(int port) throws IOException {
        return LocalProcess.start(
                KafkaServer.class,
                directory,
                Map.of(
                        "elpis.data-dir", directory.resolve("kafka-1").toString(),
                        "kafka.node-id", "1",
                        "kafka.ports", Integer.toString(port),
                        "kafka.controller-ports", Integer.toString(LocalProcess.freePort()),
                        "kafka.cluster-id", "MkU3OEVBNTcwNTJENDM2Qg"));
    }

    private static Map<String, Object> client(int port, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", "127.0.0.1:" + port);
        settings.put("request.timeout.ms", 5_000);
        settings.put("default.api.timeout.ms", 30_000);
        return settings;
    }

    private static void ready(int port, LocalProcess broker) {
        try (var admin = Admin.create(client(port, Map.of()))) {
            await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(() -> {
                assertThat(broker.alive()).as("broker process").isTrue();
                return !admin.describeCluster()
                        .nodes()
                        .get(10, TimeUnit.SECONDS)
                        .isEmpty();
            });
        }
    }

    private static void createTopic(int port) throws Exception {
        try (var admin = Admin.create(client(port, Map.of()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static void send(int port, String text) throws Exception {
        var serializer = new ByteArraySerializer();
        try (var producer =
                new KafkaProducer<>(client(port, Map.of("delivery.timeout.ms", 60_000)), serializer, serializer)) {
            producer.send(new ProducerRecord<>(TOPIC, text.getBytes(StandardCharsets.UTF_8)))
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(int port) {
        var deserializer = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(client(port, Map.of()), deserializer, deserializer)) {
            var partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var texts = new ArrayList<String>();
            await().atMost(Duration.ofSeconds(60)).pollInSameThread().until(() -> {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(record -> texts.add(new String(record.value(), StandardCharsets.UTF_8)));
                return texts.size() >= 2;
            });
            return texts;
        }
    }
}
