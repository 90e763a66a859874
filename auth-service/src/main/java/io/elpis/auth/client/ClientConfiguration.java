package io.elpis.auth.client;

import io.elpis.auth.token.TokenProperties;
import io.elpis.support.identity.IdentityProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;

/** Wires Spring Authorization Server, of which services use the client credentials grant and the key set. */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {
    @Bean
    @DependsOnDatabaseInitialization
    ServiceClients serviceClients(JdbcClient db, ClientProperties clients, TokenProperties tokens) {
        ServiceClients known = new ServiceClients(db, tokens.tokenLife());
        known.register(clients.clients());
        return known;
    }

    @Bean
    PasswordEncoder secretHash() {
        return new SecretHash();
    }

    @Bean
    OAuth2AuthorizationService unstoredAuthorizations() {
        return new UnstoredAuthorizations();
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings(IdentityProperties identity) {
        return AuthorizationServerSettings.builder().issuer(identity.issuer()).build();
    }

    /** Services' tokens look like users' tokens: elliptic signature, scopes as one string, all of them unless asked. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> tokenCustomizer() {
        return context -> {
            context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
            var scopes = context.getAuthorizedScopes().isEmpty()
                    ? context.getRegisteredClient().getScopes()
                    : context.getAuthorizedScopes();
            context.getClaims().claim("scope", String.join(" ", scopes));
        };
    }

    @Bean
    @Order(1)
    SecurityFilterChain authorizationServerChain(HttpSecurity http) {
        return http.securityMatcher("/oauth2/token", "/oauth2/jwks", "/.well-known/oauth-authorization-server")
                .with(new OAuth2AuthorizationServerConfigurer(), server -> {})
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .build();
    }
}
