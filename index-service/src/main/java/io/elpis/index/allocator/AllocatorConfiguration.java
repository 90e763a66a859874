package io.elpis.index.allocator;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.deadletter.Letters;
import io.elpis.index.log.LogConnection;
import io.elpis.index.log.LogTopics;
import io.elpis.index.log.RecordLog;
import io.elpis.support.topology.ShardMapKeeper;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AllocatorProperties.class, TombstoneProperties.class})
class AllocatorConfiguration {
    /** Closed by its loop, whose thread owns it; so it is not AutoCloseable, which a processed context would close. */
    @Bean(destroyMethod = "")
    Allocator allocator(
            @Value("${elpis.instance}") String instance,
            LogConnection connection,
            Catalog catalog,
            ShardMapKeeper shardMap,
            AllocatorProperties properties,
            MeterRegistry meters) {
        Allocator allocator = new Allocator(
                instance,
                new KafkaPlacementLog(connection.settings()),
                new LiveWorld(catalog.view(), shardMap, properties.diskReserve().toBytes()),
                properties,
                System::nanoTime,
                RandomGenerator.getDefault());
        meters.gauge("elpis.allocator.leading", allocator, is -> is.isLeading() ? 1 : 0);
        return allocator;
    }

    @Bean
    Leadership leadership(Allocator allocator) {
        return allocator::isLeading;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    AllocatorLoop allocatorLoop(Allocator allocator, Catalog catalog) {
        AllocatorLoop loop = new AllocatorLoop(allocator);
        catalog.view().onChange(loop::wakeup);
        return loop;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    TopicSweeper topicSweeper(Allocator allocator, LogTopics topics, Catalog catalog, Letters letters) {
        return new TopicSweeper(allocator, topics, catalog, letters::forget);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    TombstoneSweeper tombstoneSweeper(
            Allocator allocator,
            Catalog catalog,
            ShardMapKeeper shardMap,
            RecordLog records,
            TombstoneProperties properties) {
        return new TombstoneSweeper(allocator::isLeading, catalog.view(), shardMap::current, records, properties);
    }

    @Bean
    HealthIndicator allocatorHealthIndicator(AllocatorLoop loop) {
        return () -> loop.hasRead()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("reason", "the placement log has not been read yet")
                        .build();
    }
}
