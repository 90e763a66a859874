package io.elpis.index.ingest;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.log.ApplyLogicAnnouncer;
import io.elpis.index.log.LogTopics;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.log.RecordLog;
import io.elpis.index.outcome.OutcomeSource;
import io.elpis.index.outcome.OutcomeTracker;
import io.elpis.index.refresh.Refresher;
import io.elpis.support.topology.ShardMapKeeper;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestProperties.class)
class IngestConfiguration {
    @Bean
    Ingest ingest(
            Catalog catalog,
            MappingAnnouncer mappings,
            ApplyLogicAnnouncer applyLogic,
            RecordLog log,
            OutcomeTracker outcomes,
            Refresher refresher,
            ShardMapKeeper shardMap,
            ParsedRoom parsed,
            IngestProperties properties) {
        catalog.view().onGone(index -> applyLogic.forget(LogTopics.topicOf(index.uuid())));
        return new Ingest(
                catalog,
                new Preparation(catalog, mappings, applyLogic, parsed, InstantSource.system()),
                log,
                outcomes,
                refresher,
                progress(shardMap),
                new OpIds(UUID.randomUUID()),
                properties,
                System::nanoTime);
    }

    @Bean
    SingleWrites singleWrites(Ingest ingest, ShardMapKeeper shardMap) {
        return new SingleWrites(ingest, progress(shardMap));
    }

    @Bean
    NamedWrites namedWrites(Ingest ingest) {
        return new NamedWrites(ingest);
    }

    @Bean
    Replays replays(SingleWrites writes) {
        return new Replays(writes);
    }

    @Bean
    DocumentEndpoint documentEndpoint(SingleWrites writes, IngestProperties properties) {
        return new DocumentEndpoint(writes, properties);
    }

    @Bean
    UpdateEndpoint updateEndpoint(SingleWrites writes, IngestProperties properties) {
        return new UpdateEndpoint(writes, properties);
    }

    @Bean
    BulkEndpoint bulkEndpoint(
            Ingest ingest, IngestProperties properties, ShardMapKeeper shardMap, MeterRegistry meters) {
        return new BulkEndpoint(ingest, properties, progress(shardMap), meters);
    }

    @Bean
    OutcomeEndpoint outcomeEndpoint(Catalog catalog, OutcomeSource outcomes, ShardMapKeeper shardMap) {
        return new OutcomeEndpoint(catalog.view(), outcomes, progress(shardMap));
    }

    private static CopyProgress progress(ShardMapKeeper shardMap) {
        return (shard, generation) -> shardMap.current().servingCopies(shard).stream()
                .map(copy -> copy.state().getApplied())
                .mapToLong(applied -> applied.getGeneration() == generation ? applied.getOffset() : 0)
                .toArray();
    }
}
