package io.elpis.query.log;

import io.elpis.model.schema.IndexUuid;
import io.elpis.query.replica.LogAddress;
import io.elpis.query.replica.LogReceiver;
import io.elpis.query.replica.LogSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Logs that are Kafka partitions. */
public final class KafkaLogSource implements LogSource {
    private final List<ConsumerLoop> loops = new ArrayList<>();
    private final Admin admin;
    private final Barriers barriers;
    private final LogEnds ends = new LogEnds(this::askEnd, System::nanoTime);

    /**
     * @param consumers how many the copies of this node share
     * @param incarnation chosen at each start of the node
     */
    public KafkaLogSource(KafkaClients clients, int consumers, long incarnation) {
        this.admin = clients.admin();
        this.barriers = new Barriers(clients::barrierProducer, incarnation);
        for (int at = 0; at < consumers; at++) {
            loops.add(new ConsumerLoop(clients.logConsumer("log-" + at), "log-" + at));
        }
    }

    @Override
    public Following follow(LogAddress log, long offset, int leaderEpoch, LogReceiver receiver) {
        ConsumerLoop loop = loops.get(Math.floorMod(log.hashCode(), loops.size()));
        return loop.follow(partition(log), offset, leaderEpoch, receiver);
    }

    @Override
    public CompletableFuture<Long> end(LogAddress log) {
        return ends.end(log);
    }

    @Override
    public CompletableFuture<Long> barrier(LogAddress log, IndexUuid index) {
        return barriers.append(log, index);
    }

    private CompletableFuture<Long> askEnd(LogAddress log) {
        TopicPartition partition = partition(log);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .toCompletionStage()
                .toCompletableFuture()
                .thenApply(result -> result.offset());
    }

    @Override
    public CompletableFuture<UUID> topicId(LogAddress log) {
        return admin.describeTopics(List.of(log.topic()))
                .allTopicNames()
                .toCompletionStage()
                .toCompletableFuture()
                .thenApply(topics ->
                        uuid(Objects.requireNonNull(topics.get(log.topic())).topicId()));
    }

    private static UUID uuid(Uuid id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private static TopicPartition partition(LogAddress log) {
        return new TopicPartition(log.topic(), log.partition());
    }

    public void close() {
        loops.forEach(ConsumerLoop::close);
        barriers.close();
        admin.close(Duration.ofSeconds(2));
    }
}
