package io.elpis.aggregator.search;

import io.elpis.support.catalog.CatalogKeeper;
import io.elpis.support.topology.ShardMapKeeper;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Ready to search: every node that is known was tried, one at least talks, and what indices there are is known. */
final class ShardMapHealth extends AbstractHealthIndicator {
    private final ShardMapKeeper shardMap;
    private final CatalogKeeper catalog;

    ShardMapHealth(ShardMapKeeper shardMap, CatalogKeeper catalog) {
        this.shardMap = shardMap;
        this.catalog = catalog;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        int nodes = shardMap.current().nodes().size();
        boolean ready = shardMap.surveyed() && nodes > 0 && catalog.known();
        health.status(
                        ready
                                ? org.springframework.boot.health.contributor.Status.UP
                                : org.springframework.boot.health.contributor.Status.OUT_OF_SERVICE)
                .withDetail("nodes", nodes)
                .withDetail("catalogVersion", catalog.current().version());
    }
}
