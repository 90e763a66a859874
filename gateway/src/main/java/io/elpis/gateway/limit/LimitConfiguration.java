package io.elpis.gateway.limit;

import io.netty.channel.ChannelPipeline;
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
    NettyServerCustomizer requestLimits(LimitProperties properties) {
        return server -> server.doOnChannelInit((observer, channel, remote) -> {
            ChannelPipeline pipeline = channel.pipeline();
            if (pipeline.get(NettyPipeline.HttpCodec) != null) {
                pipeline.addAfter(NettyPipeline.HttpCodec, "elpis.requestTarget", new RequestTargetHandler());
                pipeline.addAfter(
                        NettyPipeline.HttpCodec,
                        "elpis.bodyDeadline",
                        new BodyDeadlineHandler(properties.bodyTimeout()));
            }
        });
    }

    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> requestLimitsOnEveryChannel(
            NettyServerCustomizer requestLimits) {
        return factory -> factory.addServerCustomizers(requestLimits);
    }
}
