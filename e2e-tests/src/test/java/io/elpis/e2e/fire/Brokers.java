package io.elpis.e2e.fire;

import static org.awaitility.Awaitility.await;

import io.elpis.e2e.platform.Platform;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;

/** The platform's Kafka brokers, seen by a client of Kafka's own. */
public final class Brokers implements AutoCloseable {
    private static final Duration ASK = Duration.ofSeconds(10);

    private final Admin admin;

    public Brokers(Platform platform) {
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                platform.brokers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                3_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) ASK.toMillis(),
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500));
    }

    /** The instance whose controller is the active one. */
    public String activeController() {
        return "kafka-" + answer(admin.describeMetadataQuorum().quorumInfo()).leaderId();
    }

    /** Waits until every partition has as many replicas in sync as it is to have, those of Kafka's own topics too. */
    public void awaitInSync(int replicas) {
        await("all replicas in sync")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> topics().values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .allMatch(partition -> partition.isr().size() == replicas
                                && partition.replicas().size() == replicas));
    }

    private Map<String, TopicDescription> topics() {
        Set<String> names =
                answer(admin.listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true))
                        .names());
        return answer(admin.describeTopics(names).allTopicNames());
    }

    private static <T> T answer(KafkaFuture<T> asked) {
        try {
            return asked.get(ASK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no answer from Kafka", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
