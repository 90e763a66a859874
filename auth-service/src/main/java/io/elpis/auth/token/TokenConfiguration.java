package io.elpis.auth.token;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.elpis.support.access.AccessPolicy;
import io.elpis.support.access.AccessRule;
import io.elpis.support.identity.IdentityProperties;
import io.elpis.support.identity.KeySource;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Wires the signing keys: for minting, for Spring Authorization Server, and for this service's own door. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {
    @Bean
    @DependsOnDatabaseInitialization
    JWKSource<SecurityContext> signingKeys(JdbcClient db, TransactionOperations transactions) {
        return new ImmutableJWKSet<>(new SigningKeys(db, transactions).load());
    }

    @Bean
    TokenMint tokenMint(JWKSource<SecurityContext> keys, IdentityProperties identity, TokenProperties properties) {
        ECKey newest = (ECKey) all(keys).getKeys().getFirst();
        return new TokenMint(newest, identity.issuer(), properties.tokenLife(), Clock.systemUTC());
    }

    @Bean
    @Primary
    KeySource ownKeys(JWKSource<SecurityContext> keys) {
        return () -> all(keys).toPublicJWKSet();
    }

    private static JWKSet all(JWKSource<SecurityContext> keys) {
        return ((ImmutableJWKSet<SecurityContext>) keys).getJWKSet();
    }

    @Bean
    AccessPolicy tokenAccess() {
        return () -> List.of(AccessRule.open("/_elpis/token", "POST"));
    }
}
