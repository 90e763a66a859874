package io.elpis.support.topology;

import io.elpis.support.identity.ServiceTokens;
import io.elpis.support.rpc.BearerCredentials;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the shard map of a service that imports this; a {@link NodeChannels} bean of the service's own is used. */
@Configuration(proxyBeanMethods = false)
public class TopologyConfiguration {
    private static final long TOKEN_PATIENCE_MILLIS = 5_000;

    @Bean(initMethod = "start")
    ShardMapKeeper shardMapKeeper(
            DiscoveryClient discovery, ServiceTokens tokens, ObjectProvider<NodeChannels> channels) {
        return new ShardMapKeeper(
                new DiscoveredNodes(discovery),
                channels.getIfAvailable(NettyChannels::new),
                BearerCredentials.own(tokens, TOKEN_PATIENCE_MILLIS),
                TopologySettings.DEFAULT,
                System::nanoTime,
                RandomGenerator.getDefault());
    }
}
