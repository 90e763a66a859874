package io.elpis.index.catalog;

import io.elpis.index.log.LogConnection;
import io.elpis.index.log.LogTopics;
import io.elpis.index.log.MappingAnnouncer;
import java.time.InstantSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CatalogProperties.class)
class CatalogConfiguration {
    @Bean
    CatalogStore catalogStore(JdbcClient jdbc, PlatformTransactionManager transactions, CatalogProperties properties) {
        return new CatalogStore(jdbc, new TransactionTemplate(transactions), properties.maxShards());
    }

    /** Filled from the database first: the topic may be a moment behind. */
    @Bean
    CatalogView catalogView(CatalogStore store) {
        CatalogView view = new CatalogView();
        view.apply(store.all());
        return view;
    }

    @Bean
    Catalog catalog(CatalogStore store, CatalogView view, LogTopics topics, MappingAnnouncer mappings) {
        return new Catalog(store, view, topics, mappings, UUID::randomUUID, InstantSource.system());
    }

    /** After the topics, which the parameter is for. */
    @Bean(initMethod = "start", destroyMethod = "close")
    CatalogFollower catalogFollower(LogConnection connection, CatalogView view, LogTopics topics) {
        return new CatalogFollower(connection.settings(), view);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    CatalogPublisher catalogPublisher(DataSource database, LogConnection connection, CatalogFollower follower) {
        return new CatalogPublisher(database, connection.settings(), follower);
    }

    @Bean
    HealthIndicator catalogHealthIndicator(CatalogFollower follower) {
        return () -> follower.caughtUp()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("reason", "the catalog has not been read to its end yet")
                        .build();
    }
}
