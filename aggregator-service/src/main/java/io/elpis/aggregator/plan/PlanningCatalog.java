package io.elpis.aggregator.plan;

import io.elpis.support.catalog.CatalogKeeper;
import io.elpis.support.catalog.CatalogView;
import io.elpis.support.topology.ShardMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The catalog that requests are planned on. Nodes tell at once that there is a newer one, and what is in it only when
 * asked: between the two, the view at hand is known to be old.
 */
public final class PlanningCatalog {
    private final CatalogKeeper keeper;
    private final Supplier<ShardMap> shardMap;

    public PlanningCatalog(CatalogKeeper keeper, Supplier<ShardMap> shardMap) {
        this.keeper = keeper;
        this.shardMap = shardMap;
    }

    /** Null when a node is known to have a newer one than is at hand. */
    public @Nullable CatalogView upToDate() {
        CatalogView view = keeper.current();
        return view.version() >= shardMap.get().catalogVersion() ? view : null;
    }

    /** As a node knows it after this call; what is at hand when none tells within the time. */
    public CompletableFuture<CatalogView> refreshed(long nanos) {
        return keeper.refreshed()
                .copy()
                .orTimeout(Math.max(1, nanos), TimeUnit.NANOSECONDS)
                .exceptionally(_ -> keeper.current());
    }
}
