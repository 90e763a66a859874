package io.elpis.auth.account;

import io.elpis.support.identity.Scopes;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/** Creates the first administrator when there is no account at all. A later change of the setting changes nothing. */
final class FirstAdmin implements ApplicationRunner {
    private final Accounts accounts;
    private final AccountProperties properties;

    FirstAdmin(Accounts accounts, AccountProperties properties) {
        this.accounts = accounts;
        this.properties = properties;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!accounts.all().isEmpty()) {
            return;
        }
        String password = properties.adminPassword();
        if (password == null || password.isBlank()) {
            throw new IllegalStateException("elpis.auth.admin-password is not set and there is no account yet");
        }
        AccountChange.checkPassword(password);
        accounts.createIfAbsent(properties.adminName(), password, Scopes.FOR_USERS);
    }
}
