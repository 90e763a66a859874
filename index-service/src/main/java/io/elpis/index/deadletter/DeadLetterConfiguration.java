package io.elpis.index.deadletter;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.ingest.Replays;
import io.elpis.index.log.KafkaRecordReader;
import io.elpis.index.log.LogConnection;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeadLetterProperties.class)
class DeadLetterConfiguration {
    @Bean(destroyMethod = "close")
    KafkaLetters deadLetters(LogConnection connection, DeadLetterProperties properties) {
        return new KafkaLetters(connection.settings(), properties.most());
    }

    @Bean
    DeadLetterEndpoint deadLetterEndpoint(Catalog catalog, Letters letters, LogConnection connection, Replays replays) {
        return new DeadLetterEndpoint(catalog, letters, new KafkaRecordReader(connection), replays);
    }
}
