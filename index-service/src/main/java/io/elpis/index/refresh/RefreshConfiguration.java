package io.elpis.index.refresh;

import io.elpis.support.identity.ServiceTokens;
import io.elpis.support.rpc.BearerCredentials;
import io.elpis.support.topology.ShardMapKeeper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RefreshConfiguration {
    private static final long TOKEN_PATIENCE_MILLIS = 5_000;

    @Bean
    Refresher refresher(ShardMapKeeper shardMap, ServiceTokens tokens) {
        return new NodeRefresher(shardMap::current, BearerCredentials.own(tokens, TOKEN_PATIENCE_MILLIS));
    }
}
