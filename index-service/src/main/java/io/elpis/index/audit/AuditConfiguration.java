package io.elpis.index.audit;

import io.elpis.index.allocator.Leadership;
import io.elpis.index.catalog.Catalog;
import io.elpis.index.log.RecordLog;
import io.elpis.support.identity.ServiceTokens;
import io.elpis.support.rpc.BearerCredentials;
import io.elpis.support.topology.ShardMapKeeper;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
class AuditConfiguration {
    private static final long TOKEN_PATIENCE_MILLIS = 5_000;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    @Bean
    AuditMetrics auditMetrics(MeterRegistry meters) {
        return new AuditMetrics(meters);
    }

    @Bean
    CopyDoor copyDoor(ShardMapKeeper shardMap, ServiceTokens tokens) {
        return new NodeCopyDoor(shardMap::current, BearerCredentials.own(tokens, TOKEN_PATIENCE_MILLIS));
    }

    @Bean
    ShardAudit shardAudit(RecordLog log, CopyDoor door) {
        return new ShardAudit(new Marks(log, UUID::randomUUID), door);
    }

    @Bean
    Findings findings(JdbcClient jdbc) {
        return new Findings(jdbc);
    }

    @Bean
    Audits audits(ShardAudit shards, Findings findings, AuditMetrics metrics) {
        return new Audits(shards, findings, metrics);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    AuditLoop auditLoop(
            Leadership leadership,
            Catalog catalog,
            Audits audits,
            ShardAudit shards,
            Findings findings,
            CopyDoor door,
            AuditMetrics metrics,
            AuditProperties properties) {
        CountDownLatch closing = new CountDownLatch(1);
        Cure cure = new Cure(shards, door, metrics, properties.cure(), LOOK_AGAIN, closing);
        AuditRound round =
                new AuditRound(catalog.view(), audits, shards, findings, cure, properties, System.nanoTime());
        return new AuditLoop(round, leadership, closing);
    }

    @Bean
    AuditEndpoint auditEndpoint(Catalog catalog, Audits audits, Findings findings, AuditProperties properties) {
        return new AuditEndpoint(catalog, audits, findings, properties);
    }
}
