package io.elpis.index.administration;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.refresh.Refresher;
import io.elpis.support.topology.ShardMapKeeper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AdministrationConfiguration {
    @Bean
    NodesKnow nodesKnow(ShardMapKeeper shardMap) {
        return new NodesKnow(shardMap);
    }

    @Bean
    IndexEndpoint indexEndpoint(Catalog catalog, NodesKnow nodesKnow) {
        return new IndexEndpoint(catalog, nodesKnow);
    }

    @Bean
    MappingEndpoint mappingEndpoint(Catalog catalog, NodesKnow nodesKnow) {
        return new MappingEndpoint(catalog, nodesKnow);
    }

    @Bean
    SettingsEndpoint settingsEndpoint(Catalog catalog, NodesKnow nodesKnow) {
        return new SettingsEndpoint(catalog, nodesKnow);
    }

    @Bean
    RefreshEndpoint refreshEndpoint(Catalog catalog, Refresher refresher) {
        return new RefreshEndpoint(catalog, refresher);
    }
}
