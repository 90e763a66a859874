package io.elpis.gateway.authentication;

import io.elpis.support.access.AccessPolicy;
import io.elpis.support.access.AccessRule;
import io.elpis.support.identity.AuthServiceClient;
import java.util.List;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires HTTP Basic, and what is open: the ways to a token. */
@Configuration(proxyBeanMethods = false)
class AuthenticationConfiguration {
    @Bean
    BasicFilter basicFilter(AuthServiceClient auth, BasicProperties properties) {
        return new BasicFilter(
                new BasicExchange(auth::userToken, properties, Executors.newVirtualThreadPerTaskExecutor()));
    }

    /** auth-service looks at these itself. */
    @Bean
    AccessPolicy waysToAToken() {
        return () -> List.of(
                AccessRule.open("/_elpis/token", "POST"),
                AccessRule.open("/oauth2/token", "POST"),
                AccessRule.open("/oauth2/jwks", "GET"),
                AccessRule.open("/.well-known/**", "GET"));
    }
}
