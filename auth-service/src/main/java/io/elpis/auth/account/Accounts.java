package io.elpis.auth.account;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.identity.Scopes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The accounts in PostgreSQL. */
public class Accounts {
    private final JdbcClient db;
    private final TransactionOperations transactions;
    private final Passwords passwords;

    Accounts(JdbcClient db, TransactionOperations transactions, Passwords passwords) {
        this.db = db;
        this.transactions = transactions;
        this.passwords = passwords;
    }

    /** @return empty when there is no such account or the password is another */
    public Optional<Account> authenticate(String name, String password) {
        Optional<Stored> stored = db.sql("SELECT * FROM account WHERE name = :name")
                .param("name", name)
                .query(Accounts::stored)
                .optional();
        @Nullable String hash = stored.map(Stored::hash).orElse(null);
        return passwords.match(password, hash) ? stored.map(Stored::account) : Optional.empty();
    }

    public Optional<Account> find(String name) {
        return db.sql("SELECT * FROM account WHERE name = :name")
                .param("name", name)
                .query(Accounts::stored)
                .optional()
                .map(Stored::account);
    }

    public List<Account> all() {
        return db.sql("SELECT * FROM account ORDER BY name LIMIT 10000").query(Accounts::stored).list().stream()
                .map(Stored::account)
                .toList();
    }

    /** @return whether the account is new */
    public boolean put(String name, AccountChange change) {
        Optional<Account> known = find(name);
        if (known.isPresent()) {
            transactions.executeWithoutResult(status -> {
                alter(name, change);
                requireSomebodyInCharge();
            });
            return false;
        }
        if (change.password() == null) {
            throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "a new user needs a [password]");
        }
        Set<String> scopes = change.scopes() == null ? Set.of() : change.scopes();
        return createIfAbsent(name, change.password(), scopes);
    }

    /** @return false when somebody else was faster */
    boolean createIfAbsent(String name, String password, Set<String> scopes) {
        return db.sql("""
                        INSERT INTO account (name, password_hash, scopes) VALUES (:name, :hash, :scopes)
                        ON CONFLICT (name) DO NOTHING""")
                        .param("name", name)
                        .param("hash", passwords.hash(password))
                        .param("scopes", text(scopes))
                        .update()
                == 1;
    }

    private void alter(String name, AccountChange change) {
        if (change.password() != null) {
            db.sql("UPDATE account SET password_hash = :hash, changed_at = now() WHERE name = :name")
                    .param("hash", passwords.hash(change.password()))
                    .param("name", name)
                    .update();
        }
        if (change.scopes() != null) {
            db.sql("UPDATE account SET scopes = :scopes, changed_at = now() WHERE name = :name")
                    .param("scopes", text(change.scopes()))
                    .param("name", name)
                    .update();
        }
    }

    /** @throws ElpisException RESOURCE_NOT_FOUND; ILLEGAL_ARGUMENT when nobody would be left to administer */
    public void delete(String name) {
        transactions.executeWithoutResult(status -> {
            if (db.sql("DELETE FROM account WHERE name = :name")
                            .param("name", name)
                            .update()
                    == 0) {
                throw new ElpisException(ErrorCode.RESOURCE_NOT_FOUND, "user [" + name + "] not found");
            }
            requireSomebodyInCharge();
        });
    }

    private void requireSomebodyInCharge() {
        if (all().stream().noneMatch(account -> account.scopes().contains(Scopes.SECURITY))) {
            throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "the last user with scope [security] must stay");
        }
    }

    private static String text(Set<String> scopes) {
        return String.join(" ", new TreeSet<>(scopes));
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        String scopes = row.getString("scopes");
        Account account = new Account(
                row.getString("name"),
                scopes.isEmpty() ? Set.of() : Set.of(scopes.split(" ")),
                row.getTimestamp("created_at").toInstant());
        return new Stored(account, row.getString("password_hash"));
    }

    private record Stored(Account account, String hash) {}
}
