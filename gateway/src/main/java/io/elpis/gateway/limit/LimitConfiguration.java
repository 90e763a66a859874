package io.elpis.gateway.limit;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;

/** Wires the limits. */
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {
    @Bean
    BodyLimitFilter bodyLimitFilter(LimitProperties properties) {
        return new BodyLimitFilter(properties);
    }

    @Bean
    NettyServerCustomizer requestTargets() {
        return server -> server.doOnChannelInit((observer, channel, remote) -> {
            if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
                channel.pipeline().addAfter(NettyPipeline.HttpCodec, "elpis.requestTarget", new RequestTargetHandler());
            }
        });
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> requestTargetsOnEveryChannel(
            NettyServerCustomizer requestTargets) {
        return factory -> factory.addServerCustomizers(requestTargets);
    }
}
