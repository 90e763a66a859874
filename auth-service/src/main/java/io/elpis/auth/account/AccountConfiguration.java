package io.elpis.auth.account;

import io.elpis.support.access.AccessPolicy;
import io.elpis.support.access.AccessRule;
import io.elpis.support.identity.Scopes;
import java.util.List;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.transaction.support.TransactionOperations;

/** Wires the accounts. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {
    @Bean
    @DependsOnDatabaseInitialization
    Accounts accounts(JdbcClient db, TransactionOperations transactions, AccountProperties properties) {
        return new Accounts(
                db,
                transactions,
                new Passwords(
                        PasswordEncoderFactories.createDelegatingPasswordEncoder(),
                        properties.passwordChecks(),
                        properties.passwordQueue(),
                        properties.passwordWait()));
    }

    @Bean
    FirstAdmin firstAdmin(Accounts accounts, AccountProperties properties) {
        return new FirstAdmin(accounts, properties);
    }

    @Bean
    AccessPolicy accountAccess() {
        return () -> List.of(
                AccessRule.scope(Scopes.SECURITY, "/_elpis/users"),
                AccessRule.scope(Scopes.SECURITY, "/_elpis/users/**"));
    }
}
