package io.elpis.support.identity;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/** Wires token verification and this service's own token. */
@AutoConfiguration
@EnableConfigurationProperties(IdentityProperties.class)
public class IdentityConfiguration {
    @Bean
    @ConditionalOnMissingBean
    AuthServiceClient authServiceClient(DiscoveryClient discovery, IdentityProperties properties) {
        return new AuthServiceClient(
                () -> instances(discovery, properties.service()), properties.connectTimeout(), properties.deadline());
    }

    private static List<URI> instances(DiscoveryClient discovery, String service) {
        return discovery.getInstances(service).stream()
                .map(ServiceInstance::getUri)
                .toList();
    }

    @Bean
    @ConditionalOnMissingBean
    PublicKeys publicKeys(KeySource keys, IdentityProperties properties) {
        return new PublicKeys(
                keys,
                properties.keyAge(),
                properties.keyRetry(),
                renewal -> Thread.ofVirtual().name("signing-keys").start(renewal),
                System::nanoTime);
    }

    @Bean
    @ConditionalOnEnabledHealthIndicator("signing-keys")
    SigningKeysHealth signingKeysHealthIndicator(PublicKeys keys) {
        return new SigningKeysHealth(keys);
    }

    @Bean
    @ConditionalOnMissingBean
    CachedVerdicts tokenVerifier(PublicKeys known, IdentityProperties properties) {
        Clock clock = Clock.systemUTC();
        return new CachedVerdicts(
                new JwtVerifier(known, properties.issuer(), clock),
                properties.verdicts(),
                properties.verdictLife(),
                clock);
    }

    @Bean
    @ConditionalOnMissingBean
    ServiceTokens serviceTokens(
            AuthServiceClient auth,
            IdentityProperties properties,
            @Value("${spring.application.name}") String clientId) {
        String secret = String.valueOf(properties.clientSecret());
        return new ServiceTokens(
                () -> auth.clientToken(clientId, secret),
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("service-token").factory()),
                System::nanoTime);
    }

    /** Not a condition on the bean: ahead-of-time processing would decide it without the operator's settings. */
    @Bean
    ApplicationListener<ApplicationStartedEvent> serviceTokensStart(
            ServiceTokens tokens, IdentityProperties properties) {
        return started -> {
            if (properties.clientSecret() != null) {
                tokens.start();
            }
        };
    }
}
