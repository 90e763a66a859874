package io.elpis.index.log;

import io.elpis.support.topology.ShardMapKeeper;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LogProperties.class, KafkaProperties.class})
class LogConfiguration {
    @Bean
    LogConnection logConnection(KafkaProperties kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.buildAdminProperties());
        settings.remove(AdminClientConfig.CLIENT_ID_CONFIG);
        return new LogConnection(settings);
    }

    /** The topics that must be there before anything else starts; without a broker the service does not start. */
    @Bean(destroyMethod = "close")
    LogTopics logTopics(LogConnection connection, LogProperties properties, MeterRegistry meters) {
        // All that starts at once on a small machine may take its time; a caller's request may not.
        try (LogTopics starting = topics(connection, properties, properties.startTimeout())) {
            starting.ensureCompacted(LogTopics.CATALOG);
            starting.ensureCompacted(LogTopics.PLACEMENT);
            starting.ensureCompacted(LogTopics.DEAD_LETTERS);
            starting.verifyIndexTopics();
            meters.counter("elpis.log.topics.thin").increment(starting.countThinTopics());
        }
        return topics(connection, properties, properties.adminTimeout());
    }

    private static LogTopics topics(LogConnection connection, LogProperties properties, Duration timeout) {
        Map<String, Object> settings = new HashMap<>(connection.settings());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                properties.requestTimeout().toMillis());
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return new LogTopics(Admin.create(settings), properties, timeout);
    }

    @Bean(destroyMethod = "close")
    KafkaRecordLog recordLog(LogConnection connection, LogProperties properties, MeterRegistry meters) {
        return new KafkaRecordLog(connection.settings(), properties, System::nanoTime, meters);
    }

    @Bean
    MappingAnnouncer mappingAnnouncer(RecordLog log, LogProperties properties) {
        return new MappingAnnouncer(log, properties.requestTimeout());
    }

    @Bean
    ApplyLogicAnnouncer applyLogicAnnouncer(RecordLog log, LogProperties properties, ShardMapKeeper shardMap) {
        return new ApplyLogicAnnouncer(
                log,
                properties.requestTimeout(),
                () -> shardMap.surveyed() ? shardMap.current().nodes() : List.of());
    }
}
