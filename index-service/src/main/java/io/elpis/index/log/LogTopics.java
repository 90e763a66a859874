package io.elpis.index.log;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.letter.DeadLetterId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates topics with the durability that everything rests on, and checks that they have it. Thread-safe. */
public final class LogTopics implements IndexLogs, AutoCloseable {
    public static final String CATALOG = "elpis.catalog";
    public static final String PLACEMENT = "elpis.placement";
    public static final String DEAD_LETTERS = DeadLetterId.TOPIC;

    private static final Logger log = LoggerFactory.getLogger(LogTopics.class);
    private static final String INDEX_PREFIX = "elpis.index.";

    /** Brokers refuse records that their writer's clock has an hour in the future. */
    private static final String BROKERS_TIME = "LogAppendTime";

    private final Admin admin;
    private final short replicationFactor;
    private final short minInsyncReplicas;
    private final String maxMessageBytes;
    private final Duration timeout;

    /** @param admin closed with this */
    public LogTopics(Admin admin, LogProperties properties) {
        this(admin, properties, properties.adminTimeout());
    }

    /** @param timeout of each thing that is asked of the brokers */
    LogTopics(Admin admin, LogProperties properties, Duration timeout) {
        this.admin = admin;
        replicationFactor = properties.replicationFactor();
        minInsyncReplicas = properties.minInsyncReplicas();
        // What the producer lets through must fit: a batch is never smaller than its record, and LZ4 may grow it a
        // little.
        maxMessageBytes = Long.toString(properties.maxRecord().toBytes() / 16 * 17);
        this.timeout = timeout;
    }

    public static String topicOf(IndexUuid index) {
        return INDEX_PREFIX + index.hex();
    }

    /** One partition a shard, kept whole. */
    @Override
    public void create(IndexUuid index, int shards) {
        create(topicOf(index), shards, wholeLog());
    }

    @Override
    public void discard(IndexUuid index) {
        delete(List.of(topicOf(index)));
    }

    /** One partition, the newest value of each key kept. What is there already is brought into form. */
    public void ensureCompacted(String topic) {
        Map<String, String> settings = compacted();
        if (!create(topic, 1, settings)) {
            bringIntoForm(topic, settings);
        }
    }

    /** Kafka's own name for the cluster that the log is on. */
    public String clusterId() {
        return await(admin.describeCluster().clusterId(), "describe the cluster");
    }

    public void delete(Collection<String> topics) {
        admin.deleteTopics(topics).topicNameValues().forEach((topic, deletion) -> {
            try {
                await(deletion, "delete topic " + topic);
                log.atInfo().addKeyValue("topic", topic).log("topic deleted");
            } catch (ElpisException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        });
    }

    /** The indices that have a topic. */
    public Set<IndexUuid> indexTopics() {
        return await(admin.listTopics().names(), "list topics").stream()
                .filter(name -> name.startsWith(INDEX_PREFIX) && name.length() == INDEX_PREFIX.length() + 32)
                .map(name -> IndexUuid.ofHex(name.substring(INDEX_PREFIX.length())))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Raises an alarm in the service's log for each index topic whose durability someone took away, and restores it. */
    public void verifyIndexTopics() {
        for (IndexUuid index : indexTopics()) {
            bringIntoForm(topicOf(index), wholeLog());
        }
    }

    /**
     * Raises an alarm for each topic with fewer replicas than wanted. Kafka keeps the number a topic was created with, and
     * changing it moves data, which is the operator's decision.
     *
     * @return how many there are
     */
    public int countThinTopics() {
        List<String> names = new ArrayList<>(List.of(CATALOG, PLACEMENT, DEAD_LETTERS));
        indexTopics().forEach(index -> names.add(topicOf(index)));
        int thin = 0;
        for (var answer : admin.describeTopics(names).topicNameValues().entrySet()) {
            thin += ifKnown(answer.getValue(), "describe topic " + answer.getKey())
                    .filter(this::thin)
                    .map(topic -> 1)
                    .orElse(0);
        }
        return thin;
    }

    private boolean thin(TopicDescription topic) {
        int replicas = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(replicationFactor);
        if (replicas >= replicationFactor) {
            return false;
        }
        log.atWarn()
                .addKeyValue("topic", topic.name())
                .addKeyValue("replicas", replicas)
                .addKeyValue("wanted", replicationFactor)
                .log("topic has too few replicas");
        return true;
    }

    private boolean create(String topic, int partitions, Map<String, String> settings) {
        try {
            await(
                    admin.createTopics(List.of(new NewTopic(topic, partitions, replicationFactor).configs(settings)))
                            .all(),
                    "create topic " + topic);
            log.atInfo()
                    .addKeyValue("topic", topic)
                    .addKeyValue("partitions", partitions)
                    .log("topic created");
            return true;
        } catch (ElpisException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private void bringIntoForm(String topic, Map<String, String> settings) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<ConfigResource, Config> known = ifKnown(
                        admin.describeConfigs(List.of(resource)).all(), "describe topic " + topic)
                .orElse(Map.of());
        Config present = known.get(resource);
        if (present == null) {
            return;
        }
        Map<String, String> wrong = new HashMap<>();
        settings.forEach((name, value) -> {
            ConfigEntry entry = present.get(name);
            if (entry == null || !value.equals(entry.value())) {
                wrong.put(name, value);
            }
        });
        if (!wrong.isEmpty()) {
            log.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("settings", wrong)
                    .log("topic settings restored");
            List<AlterConfigOp> changes = wrong.entrySet().stream()
                    .map(entry -> new AlterConfigOp(
                            new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                    .toList();
            await(admin.incrementalAlterConfigs(Map.of(resource, changes)).all(), "alter topic " + topic);
        }
    }

    private Map<String, String> wholeLog() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                "-1",
                TopicConfig.RETENTION_BYTES_CONFIG,
                "-1",
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Short.toString(minInsyncReplicas),
                TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                "false",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                maxMessageBytes,
                TopicConfig.COMPRESSION_TYPE_CONFIG,
                "producer",
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                BROKERS_TIME);
    }

    /** Small segments, so that heartbeats are compacted away soon and a reader has little to read at start. */
    private Map<String, String> compacted() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Short.toString(minInsyncReplicas),
                TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                "false",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                maxMessageBytes,
                TopicConfig.SEGMENT_BYTES_CONFIG,
                Integer.toString(4 << 20),
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                "0.1",
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                BROKERS_TIME);
    }

    /**
     * Nothing when the broker does not know the topic: it was deleted a moment ago, or made by another instance so lately,
     * with the same settings, that the news has not reached the broker that was asked.
     */
    private <T> Optional<T> ifKnown(KafkaFuture<T> future, String what) {
        try {
            return Optional.of(await(future, what));
        } catch (ElpisException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private <T> T await(KafkaFuture<T> future, String what) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw failed(what, cause);
        } catch (TimeoutException e) {
            throw failed(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(what, e);
        }
    }

    private ElpisException failed(String what, Throwable cause) {
        String reason = cause instanceof TimeoutException
                ? "no broker has answered within " + timeout.toSeconds() + " s"
                : String.valueOf(cause.getMessage());
        return new ElpisException(ErrorCode.LOG_UNAVAILABLE, "could not " + what + ": " + reason, Map.of(), cause);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
