package io.elpis.index.catalog;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One PostgreSQL for all tests of this JVM; ends with it. */
public final class CatalogDatabase {
    private static final class Holder {
        static final DataSource DATABASE = started();
    }

    private CatalogDatabase() {}

    private static DataSource started() {
        try {
            DataSource database = EmbeddedPostgres.builder().start().getPostgresDatabase();
            Flyway.configure().dataSource(database).load().migrate();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static DataSource dataSource() {
        return Holder.DATABASE;
    }

    public static JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

    static void empty() {
        jdbc().sql("truncate shard_log, index_entry, catalog_outbox").update();
    }

    static CatalogStore store(int maxShards) {
        return new CatalogStore(jdbc(), new TransactionTemplate(new JdbcTransactionManager(dataSource())), maxShards);
    }
}
