package io.elpis.aggregator.search;

import io.elpis.aggregator.plan.PlanningCatalog;
import io.elpis.aggregator.scatter.ShardScatter;
import io.elpis.support.catalog.CatalogConfiguration;
import io.elpis.support.catalog.CatalogKeeper;
import io.elpis.support.topology.ShardMapKeeper;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires searching, and with it shard map and catalog. */
@Configuration(proxyBeanMethods = false)
@Import(CatalogConfiguration.class)
class SearchConfiguration {
    @Bean
    Admission admission(SearchProperties properties) {
        return new Admission(properties.maxConcurrent());
    }

    @Bean
    PlanningCatalog planningCatalog(CatalogKeeper catalog, ShardMapKeeper shardMap) {
        return new PlanningCatalog(catalog, shardMap::current);
    }

    @Bean
    SearchMeters searchMeters(MeterRegistry registry, Admission admission) {
        return new SearchMeters(registry, admission);
    }

    @Bean
    SearchService searchService(
            PlanningCatalog catalog,
            ShardMapKeeper shardMap,
            ShardScatter scatter,
            SearchProperties properties,
            Admission admission,
            SearchMeters meters) {
        return new SearchService(
                catalog,
                shardMap::current,
                scatter,
                properties,
                admission,
                meters,
                InstantSource.system(),
                System::nanoTime);
    }

    @Bean
    ShardMapHealth shardMapHealthIndicator(ShardMapKeeper shardMap, CatalogKeeper catalog) {
        return new ShardMapHealth(shardMap, catalog);
    }
}
