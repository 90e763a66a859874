package io.elpis.support.rpc;

import io.elpis.support.identity.IdentityConfiguration;
import io.elpis.support.identity.TokenVerifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.grpc.server.GlobalServerInterceptor;
import org.springframework.grpc.server.GrpcServerFactory;

/**
 * Puts {@link CallerInterceptor} before every gRPC service. It replaces Spring's {@code GrpcSecurity}, which would
 * verify each call's token anew and asks for a {@code JwtDecoder} that no service here has.
 */
@AutoConfiguration(after = IdentityConfiguration.class)
@ConditionalOnClass({GrpcServerFactory.class, GlobalServerInterceptor.class})
public class RpcConfiguration {
    @Bean
    @GlobalServerInterceptor
    CallerInterceptor callerInterceptor(TokenVerifier verifier) {
        return new CallerInterceptor(
                verifier, verification -> Thread.ofVirtual().name("caller").start(verification));
    }
}
