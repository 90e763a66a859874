package io.elpis.support.catalog;

import io.elpis.support.identity.ServiceTokens;
import io.elpis.support.rpc.BearerCredentials;
import io.elpis.support.topology.ShardMapKeeper;
import io.elpis.support.topology.TopologyConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the catalog as the nodes know it; brings the shard map along. */
@Configuration(proxyBeanMethods = false)
@Import(TopologyConfiguration.class)
public class CatalogConfiguration {
    private static final long TOKEN_PATIENCE_MILLIS = 1_000;

    @Bean(initMethod = "start")
    CatalogKeeper catalogKeeper(ShardMapKeeper shardMap, ServiceTokens tokens) {
        return new CatalogKeeper(shardMap, BearerCredentials.own(tokens, TOKEN_PATIENCE_MILLIS));
    }
}
