package io.elpis.index.byquery;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.ingest.IngestProperties;
import io.elpis.index.ingest.NamedWrites;
import io.elpis.index.refresh.Refresher;
import io.elpis.index.task.TaskProperties;
import io.elpis.index.task.TaskWork;
import io.elpis.index.task.Tasks;
import io.elpis.support.identity.ServiceTokens;
import io.elpis.support.rpc.BearerCredentials;
import io.elpis.support.topology.ShardMapKeeper;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ByQueryConfiguration {
    private static final long TOKEN_PATIENCE_MILLIS = 5_000;

    @Bean
    TaskWork byQueryWork(
            ShardMapKeeper shardMap,
            ServiceTokens tokens,
            NamedWrites writes,
            Catalog catalog,
            Refresher refresher,
            TaskProperties properties) {
        NodeScanCalls scans = new NodeScanCalls(
                shardMap::current, catalog.view(), BearerCredentials.own(tokens, TOKEN_PATIENCE_MILLIS));
        return new ByQueryWork(scans, writes, catalog, refresher, properties.patience());
    }

    @Bean
    ByQueryEndpoint byQueryEndpoint(
            Catalog catalog, IngestProperties ingest, Tasks tasks, TaskWork work, TaskProperties properties) {
        ByQueryRequests requests = new ByQueryRequests(catalog, ingest.autoCreate(), InstantSource.system());
        return new ByQueryEndpoint(requests, tasks, work, properties.answerWithin());
    }
}
